"""What S3 servers answer, and what they should not."""

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
KEY = "house/kept/ab/" + "ab" * 32
CONTENTS = ("<Contents><Key>%s</Key><LastModified>2022-04-14T09:00:00.000Z</LastModified><ETag>&quot;d41d8cd9&quot;</ETag>"
            "<Size>6</Size><StorageClass>STANDARD</StorageClass></Contents>")


def listing(inside, truncated="false"):
    return (HEAD + f"<ListBucketResult {NAMESPACE}><Name>pictures</Name><Prefix>house/kept/</Prefix><MaxKeys>1000</MaxKeys>"
            f"<IsTruncated>{truncated}</IsTruncated>{inside}</ListBucketResult>")


def error(code, more=""):
    return HEAD + f"<Error><Code>{code}</Code><Message>In its own words</Message>{more}<RequestId>4442587FB7D0A2F9</RequestId></Error>"


REPLIES = {
    "usual": listing(CONTENTS % KEY + CONTENTS % (KEY + "c")),
    "truncated": listing(CONTENTS % KEY, "true"),
    "empty_list": listing(""),
    "many": listing("".join(CONTENTS % f"{KEY}{i}" for i in range(40)), "true"),
    "entities": listing(CONTENTS % "a&amp;b&#x41;&#233;&#x1F600;&lt;&gt;&apos;"),
    "bad_entity": listing(CONTENTS % "&nbsp;&#0;&#xD800;"),
    "nested": listing("<Contents><Owner><Key>no</Key></Owner><Key>yes</Key></Contents>"),
    "prefixed": '<s:ListBucketResult xmlns:s="x"><s:IsTruncated>false</s:IsTruncated><s:Contents><s:Key>k</s:Key></s:Contents></s:ListBucketResult>',
    "cut": listing(CONTENTS % KEY)[:300],
    "slow_down": error("SlowDown"),
    "region": error("AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>"),
    "no_key": error("NoSuchKey", f"<Key>{KEY}</Key>"),
    "hostile_code": error("&lt;script&gt;", "<Region>a b</Region>"),
    "html": "<!DOCTYPE html><html><head><title>502</title></head><body><hr>nginx</body></html>",
    "bomb": '<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>',
    "deep": "<a>" * 60,
    "attributes": "<Error a='1' b = \"2>3\"  c='<'><Code d=''>SlowDown</Code></Error>",
    "comments": "<!-- <Error> --><Error><!----><Code>Slow<!-- x -->Down</Code></Error>",
    "bom": b"\xef\xbb\xbf" + listing("").encode(),
    "not_utf8": b"<Error><Code>\xff\xfe</Code></Error>",
    "nothing": "",
}

SEEDS = {"s3_reply": REPLIES}
