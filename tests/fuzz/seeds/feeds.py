"""What the collectors' own fixtures have not: feeds; pages that name one, and hubs."""

FEED_TEXTS = {
    "rss": "<rss><channel><title>A</title><item><title>One &amp; two</title><link>https://c.example/1</link><description>&lt;p&gt;Text&lt;/p&gt;</description></item></channel></rss>",
    "unclosed": "<rss><channel><item><title>A<link>b<item><title>C</channel>",
    "cut_item": "<rss><channel><item><title>A</title><description>half a sen",
    "entities": "<a>&nbsp;&eacute;&#146;&#x92;&bogus;&;&#;&#x;&#99999999;& b</a>",
    "declared": '<!DOCTYPE a [<!ENTITY e "expanded <b>"> <!ENTITY % p "x"> <!ENTITY s SYSTEM "file:///etc/passwd">]><a>&e;&p;&s;</a>',
    "laughs": '<!DOCTYPE a [<!ENTITY e "' + "x" * 900 + '">]><a>' + "&e;" * 200 + "</a>",
    "attributes": "<a b=c d e='f\"g' h=\"i'j\" k=\"<l>\" m=>x</a>",
    "controls": b"<a>\x01\x08\x0b\x1f\xef\xbf\xbe</a>",
    "deep": "<d>" * 260 + "x" + "</d>" * 260,
    "comment": "<a><!-- x -- y --><b/><?pi?><![CDATA[<c>&]]></a>",
    "cut_cdata": "<a><![CDATA[x",
    "not_tags": "<a>1 < 2 <3 <- <</a>",
    "person": "press@city.example (Jane Doe)",
    "person_angle": "\"Jane Doe\" <press@city.example>",
    "person_mailto": "Jane Doe (mailto:press@city.example)",
    "person_only": "press@city.example",
    "person_odd": "(((( <@> ) a@b.example",
    "language": "fr_CA",
    "base64": "SGVsbG8gV29ybGQ=",
    "base64_binary": "AAECAw==",
    "link": "  ../a b.html\t",
    "link_js": "java\nscript:alert(1)",
    "escaped_twice": "&amp;lt;p&amp;gt;one&amp;lt;/p&amp;gt; &lt;b&gt;two&lt;/b&gt;",
    "paragraphs": "one\n\n\n two \n\nthree &amp; four",
    "namespaces": "<x:a xmlns:x='u' xmlns='v'><y:b z:c='d'/></x:a>",
    "junk_before": "Warning: mysql_connect() on line 3\n\n  <rss/>",
    "end_tags": "</a></b><a></c></a></a>",
}

FEED = {
    "laughs": '<!DOCTYPE r [<!ENTITY a "' + "x" * 500 + '">]><rss><channel><title>&a;</title><item><guid>1</guid><title>' + "&a;" * 40 + "</title></item></channel></rss>",
    "same_guids": "<rss><channel>" + "<item><guid>1</guid><title>A</title></item>" * 20 + "</channel></rss>",
    "no_items": "<rss><channel><title>A</title></channel></rss>",
    "nested_items": "<rss><channel><item><item><title>A</title></item><description>B</description></item></channel></rss>",
    "json_cut": '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"a"},{"id":',
    "json_types": '{"version":"https://jsonfeed.org/version/1","items":[{"id":3,"title":[],"attachments":{}},null,[]]}',
    "atom_odd": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id></id><link href="javascript:1"/><content type="xhtml"><div>x</content><updated>never</updated></entry></feed>',
    "media": '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>g</guid><media:group><media:content url="//c.example/1.jpg" width="-1" height="99999999999"><media:credit>A</media:credit></media:content></media:group><enclosure url="x" type="image/jpeg" length="z"/></item></channel></rss>',
    "empty": "", "nul": b"<rss>\0<channel>\0</rss>",
}

_RSS = '<link rel="alternate" type="application/rss+xml" href="/feed/?a=1&amp;b=2&section=3">'
PAGES = {
    "usual": "https://city.example/\n<!doctype html><html><head>" + _RSS + "</head><body>Hi</body></html>",
    "base": "https://city.example/a/b\n<base href='//cdn.example/x/'>" + _RSS,
    "comments_first": "https://city.example/\n<html><link rel=alternate type=application/rss+xml href=/comments/feed>" + _RSS,
    "anchors": "https://www.city.example/\n<html><a href='https://press.city.example/rss.xml'>RSS</a><a href=/feed>",
    "no_quotes": "https://city.example/\n<html><LINK HREF = f TYPE=application/atom+xml REL='Alternate home'/>",
    "in_comment": "https://city.example/\n<html><!--" + _RSS + "--><script>" + _RSS + "</script>",
    "cut": "https://city.example/\n<html>" + _RSS[:-3],
    "open_quote": "https://city.example/\n<html><link href='" + _RSS,
    "bad_scheme": "https://city.example/\n<html><link rel=alternate type=application/rss+xml href='javascript:1'>",
    "no_address": "\n<html>" + _RSS,
    "utf16": "https://city.example/\n".encode() + ("<html>" + _RSS).encode("utf-16"),
    "bad_utf8": b"https://city.example/\n<html><link rel=alternate type=application/rss+xml href=/\xff\xfe>",
    "many": "https://city.example/\n<html>" + _RSS * 150,
    "references": "https://city.example/\n<html><a href='/&#x66;eed&#47;rss&lt;.rss&#0;'>",
}

_TOPIC = "hub.topic=https%3A%2F%2Fcity.example%2Ffeed"
HUBS = {
    "subscribe": '<https://hub.example/>; rel="hub", <https://city.example/feed>; rel="self"\nsha256=' + "0f" * 32 + "\nhub.mode=subscribe&" + _TOPIC + "&hub.challenge=a%2Bb&hub.lease_seconds=3600",
    "lease": "\n\nhub=https%3A%2F%2Fhub.example%2F&topic=https%3A%2F%2Fcity.example%2Ffeed&until=1650012345678&home=0123456789abcdef",
    "unsubscribe": "<https://hub.example/>;rel=hub\nsha1=" + "0f" * 20 + "\nhub.mode=unsubscribe&" + _TOPIC + "&hub.challenge=x",
    "denied": "\nsha512=\nhub.mode=denied&" + _TOPIC + "&hub.reason=No+such+feed%ff",
    "many_hubs": "<https://h.example/>; rel=hub, " * 20 + "\n=\nhub.mode=subscribe",
    "bad_hub": "<javascript:1>; rel=hub, <ftp://h.example>; rel=self\nmd5=1\nhub.mode=publish&" + _TOPIC,
    "lease_below_zero": "\n\nhub.mode=subscribe&" + _TOPIC + "&hub.challenge=x&hub.lease_seconds=-1",
    "lease_too_long": "\n\nhub.mode=subscribe&" + _TOPIC + "&hub.challenge=x&hub.lease_seconds=9223372036854775807",
    "no_topic": "\n\nhub.mode=subscribe&hub.challenge=x&hub.lease_seconds=1",
    "long_challenge": "\n\nhub.mode=unsubscribe&" + _TOPIC + "&hub.challenge=" + "x" * 5000,
    "upper": "<HTTPS://HUB.EXAMPLE/>; REL=HUB\nSHA256=" + "0F" * 32 + "\nHUB.MODE=subscribe",
    "empty": "",
    "bad_utf8": b"<https://h.example/\xff>; rel=hub\nsha256=\xff\nhub.mode=denied&hub.topic=%ff",
}

SEEDS = {
    "feed_text": FEED_TEXTS,
    "feed": FEED,
    "feed_discovery": PAGES,
    "websub": HUBS,
}
