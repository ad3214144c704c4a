#!/usr/bin/env python3
"""Writes corpus/<target>/<name>: small seeds, well-formed, cut short and hostile. All words are invented.

A finding is added by hand beside them (README.md); this script only rewrites its own files.
"""
import pathlib
import struct
import zlib

CORPUS = pathlib.Path(__file__).parent / "corpus"
EMOJI = "\U0001F1FA\U0001F1E6\U0001F468\u200D\U0001F469\u200D\U0001F467"


def b(text):
    return text if isinstance(text, bytes) else text.encode("utf-8")


HTML = {
    "mastodon": '<p><span class="h-card"><a href="https://social.example/@ravenel" class="u-url mention">@<span>ravenel</span></a></span> Bonjour <a href="https://city.example/tram?a=1&amp;b=2"><span class="invisible">https://</span><span class="ellipsis">city.example/tram</span><span class="invisible">?a=1&amp;b=2</span></a> <a href="https://social.example/tags/tram" class="mention hashtag" rel="tag">#<span>tram</span></a></p><p>Second</p>',
    "figure": '<figure><img src="/p.jpg" alt="A bridge"><figcaption>The bridge <span class="credit">Photo: A. B.</span></figcaption></figure>',
    "list": "<ul><li>one<li>two<ol><li>three</ol></ul><table><tr><td>a<td>b</table>",
    "pre": "<pre>a\n  b\n\n\nc</pre>after<br><br><br>end",
    "script": "<p>a<script>if (a<b) alert('</p>')</script>b<style>p{}</style><svg><text>x</text></svg></p>",
    "entities": "&lt;b&gt; &amp;amp; &nbsp;&#8211;&#x1F600;&#0;&#x110000;&#xD800;&bogus;&notin;&nGt;&hellip",
    "plain": "no markup at all,  two  spaces\r\nand a line",
    "cut_tag": '<p>text <a href="https://city.example/x',
    "cut_comment": "<p>a<!-- never closed <p>b",
    "cdata": "<![CDATA[a < b & c]]> rest",
    "nested_links": '<a href="/1">one<a href="/2">two</a></a>' * 3,
    "deep": "<div>" * 300 + "x" + "</div>" * 300,
    "formatting": "<b><i><u>" * 60 + "<p>x" * 20,
    "stray_ends": "</p></div></a>x</figure></figcaption>",
    "javascript": '<a href="javascript:alert(1)">a</a><a href=" https://x.example ">b</a><img src="data:x" data-src="//cdn.example/p.png" width=1><a href=>c</a>',
    "quotes": "<a title='a>b' href=https://x.example/a=b>t</a><p class=\"a\"b'c>d",
    "bad_utf8": b"<p>\xff\xfe<a href='/\xc3'>\xe2\x82</a>\xed\xa0\x80</p>",
    "nul": b"<p>a\0b</p>\0<\0p>",
    "zero_width": "<p>\u200b\ufeff\u00a0 a\u00a0b \u2028c</p>",
    "captions": "<figure><figure><figcaption>a<figcaption>b</figure><div class=credit>c</figure>",
    "ellipsis": "<span class=ellipsis></span>" * 12,
    "less_than": "1 < 2 << 3 <4> <é> <-- & && &",
    "textarea": "<textarea><p>x</textarea><select><option>y</select><title>z</title>",
    "form": "<form><input><form><p>x</form></form>",
    "hashtag": '<a href="/t" class="hashtag"># </a><a rel="tag" href="/t">#été</a>',
}

TEXT = {
    "french": "Ce matin, Mme. Marchal a signé l'accord. « C'est une chance », dit-elle.\n\nMerci, Kyiv ! https://city.example/x",
    "ukrainian": "Дякую Марі і всім мешканцям за підтримку. Разом — сильніші!",
    "greek": "Η πόλη ευχαριστεί· τι λέτε; Ναι.",
    "arabic": "قال العمدة: «شكراً». ثم غادر.",
    "chinese": "市长说：“谢谢。” 然后离开了。東京都",
    "hangul": "\u1112\u1161\u11ab\uae00 한글",
    "emoji": EMOJI + " " + EMOJI + "!",
    "combining": "e\u0301\u0302\u0323 a\u0308 \u0301x",
    "case": "İstanbul ıI ẞß ſ ŉ ǅ ﬁ Ωµ",
    "look_alike": "ᴹʳ Ｆｕｌｌ ｗｉｄｔｈ ℀ ½ ² ① ﷺ",
    "spaces": "\u00a0\u2003a\u200bb\ufeffc\u2028d\u2029e\u0085f \t\r\n\r\n\r\n g",
    "bidi": "\u202eabc\u202c \u2066x\u2069 \u200fא",
    "urls": "see http://a.example/x,(www.b.example) https://c.example/é? end www. http://",
    "abbreviations": "M. le Maire, St. John, z. B. 3.5 km. U.S.A. … Fin?!",
    "bad_utf8": b"ok \xff\xc3\xe2\x82\xf0\x9f\x98\xed\xa0\x80\xc0\x80\xf5 end \xc3",
    "cut": "détruit".encode()[:2],
    "nul": b"a\0b\0\0c",
    "empty": "",
    "long_word": "x" * 2000,
    "many_sentences": "A. B? C! " * 200,
    "marks_alone": "\u0301" * 50 + "\u0345\u0483\u3099",
    "numbers": "12.345,67 € – 1ª 2º ٣ ४",
    "soft": "co\u00adoperate zero\u200dwidth",
    "apostrophes": "l'été l’été lʼété l`été l´été",
}

URLS = {
    "usual": "https://www.city.example/news/2022/?id=3#top\n../2023/a.html?x=1",
    "tracking": "http://m.city.example:80/a/amp/?utm_source=x&b=2&a=1&fbclid=z\n?q=1",
    "wrapped": "https://l.facebook.com/l.php?u=https%3A%2F%2Fcity.example%2Fa%3Fb%3Dc&h=AT0\n#f",
    "ipv6": "http://[2001:DB8::1]:8080/x\n//[::1]/y",
    "idn": "https://Bücher.example/ü?ü#ü\n/ß",
    "dots": "https://a.example/b/c/../../../d/./e\n./../..//f/..",
    "user": "https://user:secret@city.example/\nhttps://b:c@d.example",
    "port": "https://a.example:65536/\nhttp://a.example:",
    "secret": "https://graph.example/v1?access_token=abc&sig=def#token=ghi\n?key=1",
    "backslash": "https:\\\\a.example\\b\n\\\\evil.example\\x",
    "scheme": "HTTPS://A.EXAMPLE\njavascript:alert(1)",
    "relative": "no url\nfoo/bar?x#y",
    "empty": "",
    "escapes": "https://a.example/%7Eb%zz%2F%2e%2e/?%26=%3D\n%2e%2e/x",
    "host_escape": "https://%61.example/\nhttps://a%2eb.example",
    "fullwidth": "https://ａ．example/\nhttps://a。example",
    "controls": b"https://a.example/\x01\nhttps://a\0.example",
    "two_at": "https://a@b@c.example/\nhttps://a.example/@b",
    "deep_dots": "https://a.example/" + "a/" * 100 + "\n" + "../" * 120 + "x",
    "many_parameters": "https://a.example/?" + "&".join("p%d=%d" % (i, i) for i in range(60)) + "\n?",
    "slashes": "https://a.example//b//c//\n///x",
    "schemes_in_a_row": "://" * 60 + "@\n" + "token=" * 40,
    "bad_utf8": b"https://\xff.example/\xfe?\xfd#\xfc\n\xc3",
    "mailto": "mailto:a@b.example\ntel:+1",
}

DATES = {
    "rfc3339": "2022-04-14T08:12:00Z\n2022-04-14T08:12:00.123456789+02:00\n2022-04-14 08:12",
    "rfc822": "Thu, 14 Apr 2022 08:12:00 +0000\nThu, 14 Apr 22 08:12 EST\n14 Apr 2022 08:12:00 GMT",
    "asctime": "Thu Apr 14 08:12:00 2022",
    "iso_basic": "20220414T081200Z\n20220414\n2022-104\n2022104",
    "week": "2022-W15-4\n2022W154\n2022-W15\n2020-W53-7",
    "w3cdtf": "2022\n2022-04\n2022-04-14\n2022-04-14T08:12+00:00",
    "languages": "Lundi, 16. Novembre 2020 - 15:54\n14 апреля 2022 г., 08:12\n14 Απρ 2022\n2004년 5월 25일\n2022年4月14日",
    "american": "Apr 16, 2023 08:01 GMT\n4/14/2022 8:12 PM\n04/14/22",
    "half_days": "12:00 am 14 Apr 2022\n14 Apr 2022 12:00 p.m.\n14 Apr 2022 13:00 pm",
    "edges": "0001-01-01T00:00:00Z\n9999-12-31T23:59:59Z\n1970-01-01T00:00:00Z\n1969-12-31T23:59:59.5Z",
    "beyond": "0000-01-01\n10000-01-01\n2022-13-01\n2022-02-30\n2022-04-31",
    "leap": "2020-02-29\n2021-02-29\n2016-12-31T23:59:60Z\n2022-04-14T24:00:00Z\n2022-04-14T24:00:01Z",
    "zones": "2022-04-14T08:12:00+14:00\n2022-04-14T08:12:00-12:00\n2022-04-14T08:12:00+99:99\n14 Apr 2022 08:12 PT\n14 Apr 2022 08:12 Z",
    "numbers": "1649923920\n16499239200000\n-1\n20221399",
    "fractions": "2022-04-14T08:12:00.9999999999999Z\n2022-04-14T08:12:00,5Z\n2022-04-14T08:12:00.Z",
    "no_date": "yesterday\n\n--\nT\n:\nnull",
    "bad": b"2022-04-14\xff\n\xc3\n2022-04-14\0",
    "words": "Thu Thu Thu Apr Apr 14 2022 2022",
    "long": "1 " * 60,
}

JSON = {
    "item": '{"id":"x:1","platform":"x","text":"Merci \\u00e9 \\ud83c\\uddfa","facets":[{"begin":1,"end":3,"kind":"HASHTAG","target":"a"}],"createdAt":"2022-04-14T08:12:00.123Z","media":[{"url":"https://a.example/1","width":3,"pdq":{"luma":"AAEC"}}]}',
    "capture": '{"sha256":"ab","status":200,"headers":[{"name":"etag","value":"x"}],"body":"aGVsbG8=","cursor":{"position":"a=b"}}',
    "struct": '{"a":[1,2.5,true,null,{"b":"c"}],"d":{}}',
    "numbers": '{"a":[0,-0,1e308,1e999,-1e-400,18446744073709551615,0.1]}',
    "floats": '{"newsworthiness":{"score":"NaN","parts":[{"value":"Infinity"},{"value":-1e38}]}}',
    "unknown": '{"nosuch":{"deep":[[[]]]},"id":"x"}',
    "wrong_types": '{"id":3,"facets":"x","version":-1}',
    "timestamp_edges": '{"createdAt":"0001-01-01T00:00:00Z","editedAt":"9999-12-31T23:59:59.999999999Z"}',
    "bad_timestamp": '{"createdAt":"10000-01-01T00:00:00Z"}',
    "deep": "[" * 80 + "]" * 80,
    "deep_in_quotes": "{'\"':" + "[" * 80 + "]" * 80 + "}",
    "cut": '{"id":"x:1","text":"Mer',
    "cut_escape": '{"id":"\\u00',
    "lone_surrogate": '{"id":"\\ud800","text":"\\udc00x"}',
    "duplicate_keys": '{"id":"a","id":"b","a":1,"a":2}',
    "empty": "",
    "words": 'He said "a\\b" \u2028\u2029\u0085\u009b \x7f\x01 ' + EMOJI,
    "bad_utf8": b'{"id":"\xff\xc3\xe2\x82"}',
    "nul": b'{"id":"a\0b"}',
    "comments": '{/* a */ id: 1, "b": \'c\',}',
}

LOGS = {
    "usual": "GET https://graph.example/v1/me?access_token=abc&x=1 answered 500",
    "terminal": "\x1b[31mred\x1b]0;title\x07 \x9b2J \r overwritten",
    "lines": 'a\nb\r\nc\u2028d","level":"info',
    "long": "x" * 3000,
    "long_wide": "é" * 900 + EMOJI * 40,
    "bad_utf8": b"\xff\xfe\xc3 https://\xc3@x/?token=\xff",
    "controls": bytes(range(32)) * 40,
    "users": "https://a:b@c.example https://d:e@f.example://g@h",
    "quotes": '"' * 1100,
    "empty": "",
    "bidi": "\u202e\u2066 gnp.exe",
    "keys": "key=a api_key=b monkey=c signature=d client_secret=e",
}

HEADERS = {
    "seconds": "120",
    "date": "Thu, 14 Apr 2022 08:12:00 GMT",
    "past": "Thu, 01 Jan 1970 00:00:00 GMT",
    "far": "Fri, 31 Dec 9999 23:59:59 GMT",
    "negative": "-5",
    "huge": "99999999999999999999",
    "link": '<https://social.example/api/v1/x?max_id=1>; rel="next", <https://social.example/api/v1/x?min_id=2>; rel="prev"',
    "link_odd": "<a>;rel=next;title=\"<b>\", <>; rel=\"\" , <c>; REL = 'prev'",
    "link_cut": "<https://social.example/x",
    "link_many": "<a>;rel=x," * 200,
    "content_type": "text/html; charset=utf-8",
    "content_type_odd": "text/xml ; boundary=x; Charset = \"windows-1251\" ; charset='latin1'",
    "content_type_cut": "text/html; charset=\"",
    "token": "x-request-id",
    "crlf": "a\r\nSet-Cookie: b=c",
    "nul": b"a\0b",
    "bad_utf8": b"\xff\xfe; charset=\xff",
    "empty": "",
}

CHARSETS = {
    "utf8": "text/plain; charset=utf-8\nDéjà vu 🇺🇦",
    "latin1": b"text/html; charset=iso-8859-1\nD\xe9j\xe0 vu \x80\x92\x99",
    "cp1251": b"text/xml; charset=windows-1251\n\xcf\xf0\xe8\xe2\xb3\xf2",
    "koi8": b"text/plain; charset=koi8-u\n\xf0\xd2\xc9\xd7\xa6\xd4",
    "greek": b"text/plain; charset=iso-8859-7\n\xc1\xe8\xde\xed\xe1",
    "utf16le_bom": b"\n\xff\xfe" + "<a>é🇺🇦</a>".encode("utf-16-le"),
    "utf16be": b"application/xml; charset=utf-16be\n" + "<?xml version='1.0'?><a>é</a>".encode("utf-16-be"),
    "utf16_cut": b"\n\xfe\xff\x00a\x00",
    "utf16_lone": b"text/plain; charset=utf-16le\n\x00\xd8a\x00\x00\xdc",
    "utf32": b"\n\xff\xfe\x00\x00" + "a".encode("utf-32-le"),
    "declaration": b"\n<?xml version='1.0' encoding='ISO-8859-2'?><a>\xb1\xe6\xea</a>",
    "declaration_lies": "\n<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>",
    "declaration_utf16": "\n<?xml version='1.0' encoding='utf-16'?><a>é</a>",
    "bom": b"text/xml\n\xef\xbb\xbf<a>x</a>",
    "two_boms": b"\n\xef\xbb\xbf\xef\xbb\xbfx",
    "sjis": b"text/plain; charset=shift_jis\n\x93\x8c\x8b\x9e\x81",
    "iso2022jp": b"text/plain; charset=iso-2022-jp\n\x1b$B\x37\x64\x1b(B\x1b",
    "utf7": b"text/plain; charset=utf-7\n+AGEAYg- +",
    "unknown": b"text/plain; charset=nosuch\nabc\xff",
    "ebcdic": b"text/plain; charset=ibm-1047\n\x4c\x81\x6e",
    "long_label": b"text/plain; charset=" + b"x" * 300 + b"\nabc",
    "binary": bytes(range(256)) * 2,
    "empty": b"",
    "hz": b"text/plain; charset=hz-gb-2312\n~{<:Ky2;~}~",
}

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

PROFILES = {
    "mastodon": "https://social.example/@ravenel\nsince=12&known=00000000000000aa.00000000000000bb",
    "mastodon_handle": "@ravenel@social.example\nid=1&older=2",
    "mastodon_remote": "https://social.example/@ravenel@other.example\n",
    "bluesky": "https://bsky.app/profile/ravenel.portvent.example\ncur=abc%3A%3Adef&top=x",
    "bluesky_did": "https://bsky.app/profile/did:plc:ravenel2345portvent234567\n&&==",
    "facebook": "https://www.facebook.com/villedeportvent?locale=fr\nafter=x&limit=99999999999",
    "instagram": "https://www.instagram.com/ravenel.portvent/?hl=fr\nafter=A).limit(9&plain=1&run=-1&pages=9",
    "instagram_reel": "https://www.instagram.com/reel/C1/\n",
    "threads": "https://www.threads.net/@ravenel.portvent\nafter=x&top=99999999999999999999&limit=0",
    "threads_post": "https://www.threads.com/@ravenel.portvent/post/D1\nknown=0123456789abcdef",
    "facebook_id": "https://m.facebook.com/profile.php?id=100064000000042\npending=1,2,3&batch=-1",
    "facebook_pages": "https://www.facebook.com/pages/Ville/100064000000042/\nlimit=0",
    "feed": "https://www.ostrava-nova.example/rss.xml\nknown=" + "0123456789abcdef." * 120,
    "no_scheme": "www.ostrava-nova.example/feed\n",
    "angle": " <https://social.example/@ravenel> \nsince=%00%ff",
    "user": "https://a:b@social.example/@u\n",
    "script": "javascript:alert(1)\n",
    "empty": "",
    "ipv6": "http://[::1]:3000/@ravenel\n",
    "escaped": "https://social.example/@a%2Fb%00?c#d\nid=a%26b%3Dc",
    "bad_utf8": b"https://social.example/@\xff\nsince=\xff",
    "slashes": "https://facebook.com//////\n",
    "upper": "HTTPS://WWW.FACEBOOK.COM/Villedeportvent\n",
    "idn": "https://Bücher.example/@ravenel\n",
}

TARGETS = {
    "root": "/",
    "usual": "/api/stories/story%3A1/draft?format=html&download=1",
    "absolute": "http://127.0.0.1:8642/api/status?x=1",
    "absolute_bare": "http://127.0.0.1",
    "absolute_query": "http://127.0.0.1?x",
    "up": "/../etc/passwd",
    "up_escaped": "/%2e%2e/%2E%2e%2fx",
    "up_backslash": "/..\\x/..%5c",
    "up_twice_escaped": "/%252e%252e/x",
    "nul": "/a%00b",
    "crlf": "/a%0d%0ab",
    "broken": "/a%",
    "broken_too": "/a%4/%zz",
    "fragment": "/a#b?c",
    "star": "*",
    "authority": "example.org:443",
    "empty": "",
    "utf8": "/é/%C3%A9/%ff",
    "dots": "/.../..a/a../.",
    "double": "//evil.example/x",
    "raw_control": b"/a\x01b\x7f",
    "question": "/?a?b??",
    "long": "/" + "a/" * 400,
}

ADDRESSES = {
    "usual": "https://www.city.example/a?b#c\nhttps://other.example/d",
    "relative": "http://city.example/a/b\n../c?d e",
    "protocol": "https://city.example/\n//evil.example/x",
    "decimal": "http://2130706433/\nhttp://0x7f.1/",
    "octal": "http://0177.0.0.1/\nhttp://0300.0250.1.1/",
    "hex": "http://0x7f000001:8080/\nhttp://127.1/",
    "ipv6": "http://[::1]:80/\nhttp://[::ffff:127.0.0.1]/",
    "zone": "http://[fe80::1%25eth0]/\n/x",
    "user": "http://a:b@city.example/\nhttp://user@city.example/",
    "file": "file:///etc/passwd\nfile:/etc/passwd",
    "gopher": "gopher://x/\nftp://x/y",
    "ports": "http://city.example:0/\nhttp://city.example:99999/",
    "fullwidth": "http://１２７.０.０.１/\nhttp://127。0。0。1/",
    "escaped_host": "http://%31%32%37.0.0.1/\nhttp://city%2eexample/",
    "dot": "http://127.0.0.1./\nhttp://city.example./",
    "spaces": "http://city.example/a b\n /c",
    "backslash": "http://city.example\\@evil.example/\n\\\\evil.example",
    "at": "http://city.example#@evil.example/\nhttp://city.example?@evil.example/",
    "upper": "HTTP://CITY.EXAMPLE/\nHTTPS:x",
    "allowed": "127.0.0.1:8080\n",
    "allowed_any": "[::1]:*\n",
    "empty": "",
    "nul": b"http://city.example/\0\n\0",
    "crlf": "http://city.example/\r\n/x\r\nHost: evil",
    "idn": "http://bücher.example/\n",
    "underscore": "http://_dmarc.city_x.example/\n",
}

GUARD = {
    "loopback": [127, 0, 0, 1], "public": [193, 0, 6, 139], "private10": [10, 1, 2, 3], "private172": [172, 31, 255, 255],
    "private192": [192, 168, 0, 1], "link_local": [169, 254, 169, 254], "shared": [100, 127, 0, 1], "zero": [0, 0, 0, 0],
    "multicast": [224, 0, 0, 1], "broadcast": [255, 255, 255, 255], "just_before": [126, 255, 255, 255],
    "just_behind": [128, 0, 0, 0], "benchmark": [198, 19, 0, 1],
}
GUARD = {name: bytes(four) + bytes(10) + b"\xff\xff" + bytes(four) for name, four in GUARD.items()}
GUARD.update({
    "v6_public": bytes([193, 0, 6, 139]) + bytes.fromhex("20010670000000000000000000000001"),
    "v6_loopback": bytes(4) + bytes(15) + b"\x01",
    "v6_ula": bytes(4) + bytes.fromhex("fd000000000000000000000000000001"),
    "v6_link": bytes(4) + bytes.fromhex("fe800000000000000000000000000001"),
    "nat64_public": bytes([193, 0, 6, 139]) + bytes.fromhex("0064ff9b0000000000000000c100068b"),
    "six_to_four": bytes([127, 0, 0, 1]) + bytes.fromhex("20027f00000100000000000000000001"),
    "teredo": bytes(4) + bytes.fromhex("200100000000000000000000" + "80fffffe"),
    "cut": b"\x7f\x00", "empty": b"",
})


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, colour=2, depth=8, more=b"", data=None):
    bands = {0: 1, 2: 3, 6: 4, 3: 1}[colour]
    if data is None:
        row = bytes((x * 7 + band * 60) % 256 for x in range(width) for band in range(bands))
        data = zlib.compress(b"".join(b"\0" + row for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(width=16, height=16, segments=b"", scan=None):
    """Grey, baseline; one-code Huffman tables: every block is two zero bits."""
    table = segment(0xDB, b"\0" + bytes([16] * 64))
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    dc = segment(0xC4, b"\x00" + bytes([1] + [0] * 15) + b"\x00")
    ac = segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\x00")
    blocks = ((width + 7) // 8) * ((height + 7) // 8)
    bits = scan if scan is not None else bytes((2 * blocks + 7) // 8)
    return (b"\xff\xd8" + segments + table + frame + dc + ac + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + bits +
            b"\xff\xd9")


def iptc(*fields):
    data = b"".join(b"\x1c" + bytes([record, tag]) + struct.pack(">H", len(value)) + value for record, tag, value in fields)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    return segment(0xED, b"Photoshop 3.0\0" + block)


def xmp(body):
    packet = ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
              '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
              'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">' + body + "</rdf:Description></rdf:RDF></x:xmpmeta>")
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet.encode())


def exif(text):
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x10E, 2, len(text), 26) + b"\0\0\0\0" + text
    return segment(0xE1, b"Exif\0\0" + tiff)


CAPTION = (2, 120, "Signature de l'accord à Zelenohrad".encode())
XMP_FIELDS = ('<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The signing</rdf:li></rdf:Alt></dc:description>'
              "<dc:creator><rdf:Seq><rdf:li>A. B.</rdf:li><rdf:li>C. D.</rdf:li></rdf:Seq></dc:creator>"
              "<photoshop:Credit>City of Rouvray</photoshop:Credit>")
PICTURES = {
    "jpeg": jpeg(),
    "jpeg_iptc": jpeg(segments=iptc((1, 90, b"\x1b%G"), CAPTION, (2, 80, b"A. B."), (2, 80, b"C. D."))),
    "jpeg_iptc_latin1": jpeg(segments=iptc((2, 120, b"D\xe9j\xe0 \x80"))),
    "jpeg_xmp": jpeg(segments=xmp(XMP_FIELDS)),
    "jpeg_exif": jpeg(segments=exif(b"A view of the bridge\0")),
    "jpeg_all": jpeg(segments=exif(b"exif\0") + xmp(XMP_FIELDS) + iptc(CAPTION)),
    "jpeg_cut": jpeg(64, 64)[:-9],
    "jpeg_header_only": jpeg()[:30],
    "jpeg_huge": jpeg(65500, 65500, scan=b"\0" * 20),
    "jpeg_exif_loop": jpeg(segments=segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x00\x00\x08\0\0\0")),
    "jpeg_exif_far": jpeg(segments=segment(0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")),
    "jpeg_xmp_bad": jpeg(segments=xmp("<dc:description><rdf:Alt><rdf:li>")),
    "jpeg_iptc_length": jpeg(segments=segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02\x78\xff\xff")),
    "jpeg_xmp_bomb": jpeg(segments=xmp("<dc:creator><rdf:Seq>" + "<rdf:li>x</rdf:li>" * 200 + "</rdf:Seq></dc:creator>")),
    "png_rgb": png(16, 9),
    "png_grey": png(8, 8, 0),
    "png_alpha": png(8, 8, 6),
    "png_16": png(4, 4, 0, 16, data=zlib.compress((b"\0" + bytes(range(8))) * 4)),
    "png_text": png(4, 4, more=chunk(b"tEXt", b"Description\0Words") + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>")),
    "png_huge": png(60000, 60000, data=zlib.compress(b"\0" * 2000)),
    "png_cut": png(16, 16)[:60],
    "png_no_size": png(0, 0, data=b""),
    "gif": b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84\x51\0;",
    "pgm": b"P5 4 4 255\n" + bytes(range(0, 160, 10)),
    "pgm_huge": b"P5 99999 99999 255\n\0",
    "tiff": b"II*\0\x08\0\0\0\0\0",
    "webp": b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0heicmif1",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    "empty": b"",
    "text": b"not a picture",
}

RULES = {
    "sections": '[[section]]\nid = "a"\nname = "A"\nweight = 0.5\nmedia_topics = ["medtop:20000612"]\nplaces = ["Kyiv"]\n[section.words]\nen = ["tram*", "twin cit*"]\nfr = ["jumelé*"]\n',
    "places": 'place = [\n  { name = "Kyiv", id = "geonames:703448", country = "UA", aliases = ["Києв*", "?Löwen", "*", ""] },\n  { name = "Paris", country = "FR", homonym = true },\n]\n',
    "style": 'language = "fr"\n[credit.fr]\naccount = "Source : {name} sur {platform}"\nfeed = "{name}"\nvia = "{source}, via {via}"\nphotographer = "{photographer}"\n',
    "style_short": '[credit.en]\naccount = "{name}"\n',
    "unknown_key": "[[section]]\nidd = 1\n",
    "wrong_type": "place = 3\nsection = {}\n[credit]\nen = 1\n",
    "word_types": '[[section]]\nid = "a"\nname = "A"\n[section.words]\nen = [1, {}, [], "x"]\n',
    "stars": '[[section]]\nid = "a"\nname = "A"\n[section.words]\nen = ["*", "**", "a*b*", " ", "* *"]\n',
    "country": 'place = [ { name = "X", country = "Ukraine" } ]\n',
    "deep": "a = " + "[" * 400 + "]" * 400,
    "dotted": ".".join("a" * 1 for _ in range(300)) + " = 1\n",
    "numbers": "a = 1e999\nb = 0x7fffffffffffffffff\nc = nan\nd = 1979-05-27T07:32:00Z\n",
    "cut_string": 'a = "never closed\n',
    "cut_multi": 'a = """never\nclosed',
    "escapes": 'a = "\\u0000\\uD800\\U0010FFFF\\x"\n',
    "bad_utf8": b'a = "\xff\xc3"\n',
    "bom": b"\xef\xbb\xbfa = 1\n",
    "nul": b"a = \0\n",
    "twice": "a = 1\na = 2\n[a]\n[[a]]\n",
    "empty": "",
    "weights": '[[section]]\nid = "a"\nname = "A"\nweight = -1e308\n',
}

POSTS = {
    "visit": "\nJe suis arrivée ce matin à Kyiv, à l'invitation de Bohdan Kravets.\n\n« Nous reviendrons », dit le maire. Photo : A. Dupont\n\n#Lyon #Kyiv",
    "first_person": "\nI promise that the new tram will run in May. We will not raise fares, said Mayor Odile Marchal.",
    "ukrainian": "\nДякую Оділь Маршаль за підтримку. «Разом ми сильніші», — сказав мер Києва Богдан Кравець.",
    "german": "\n„Wir bauen weiter“, sagte Bürgermeisterin Odile Marchal in Lyon.",
    "greek": "\n«Ευχαριστούμε τη Λυών», είπε ο δήμαρχος του Κιέβου.",
    "dash": "\n— Quand partez-vous ?\n— Demain, répondit Odile Marchal.",
    "nested": "\n“He said ‘no’ and “never” again”, she wrote. \"'\"'\"'",
    "unclosed": "\n« Une phrase qui ne finit pas. “And another. „Noch eine.",
    "many_marks": "\n" + "«»“”\"'„‚‘’‹›" * 40,
    "title": "Le tramway de Lyon rouvre\nLe tramway rouvre demain.",
    "reshare": "\nRT @kravets: Дякую Ліону…",
    "links": "\nhttps://city.example/a " * 20,
    "emoji": "\n" + EMOJI * 30,
    "combining": "\n" + "e\u0301\u0302" * 200,
    "caps": "\nTHE MAYOR OF LYON ODILE MARCHAL OPENS THE BRIDGE IN KYIV",
    "credit": "Photo: A. Dupont / Ville de Lyon\nCrédit photo : Bohdan Kravets. © AFP (de gauche à droite) de g. à d. : Odile Marchal",
    "photographer": "Foto: Bohdan Kravets\nФото: Богдан Кравець",
    "numbers": "\n12 345,67 € 1.2.2022 14h30 +33 1 23 45 67 89",
    "names": "\n" + "Odile Marchal, Bohdan Kravets, Kyiv, Lyon. " * 40,
    "rtl": "\nقال العمدة «شكراً» في كييف.\u202e",
    "chinese": "\n市长说：“谢谢里昂。”",
    "spaces": "\n \u00a0\u2003\u200b\n\n\n\t",
    "empty": "",
    "one_word": "\nMerci",
    "bad_utf8": b"\xff\n\xc3\xe2\x82 Kyiv \xed\xa0\x80",
    "long_line": "\n" + "a" * 3000,
    "mentions": "\n@odile-marchal@social.example @kravets #Kyiv#Lyon @",
    "hyphens": "\nBuenos-Aires-Lyon–Kyiv—Paris O’Brien D'Arc l'Odile Marchal's",
}

OFFICIALS = {
    "usual": '[[official]]\nid = "a-b"\nname = "A B"\nkind = "person"\naliases = ["B", "Б"]\nlanguages = ["fr"]\nwikidata = "Q1"\naccounts = ["https://www.facebook.com/ab.page", "https://social.example/@ab"]\n  [[official.role]]\n  title = "Mayor"\n  place = "Lyon"\n  country = "FR"\n  from = 2020-05-01\n  until = 2026-03-29\n',
    "two": '[[official]]\nid = "a"\nname = "A"\naccounts = ["https://a.example/feed"]\n[[official]]\nid = "b"\nname = "B"\nkind = "body"\naccounts = ["https://bsky.app/profile/b.example"]\n',
    "same_id": '[[official]]\nid = "a"\nname = "A"\naccounts = ["https://a.example/feed"]\n[[official]]\nid = "a"\nname = "B"\naccounts = ["https://b.example/feed"]\n',
    "same_account": '[[official]]\nid = "a"\nname = "A"\naccounts = ["https://a.example/feed", "https://a.example/feed"]\n',
    "wrong_types": "[[official]]\nid = 1\nname = []\naccounts = 3\nrole = 4\nkind = 5\n",
    "numbers": "official = [1, 2]\n",
    "a_table": '[official]\nid = "a"\n',
    "roles_of_numbers": '[[official]]\nid = "a"\nname = "A"\naccounts = ["https://a.example/feed"]\nrole = [1]\n',
    "dates": '[[official]]\nid = "a"\nname = "A"\naccounts = ["https://a.example/feed"]\n[[official.role]]\ntitle = "M"\nfrom = 0000-01-01\nuntil = 9999-12-31\n[[official.role]]\nfrom = "x"\nuntil = 2020-01-01T00:00:00Z\n',
    "bad_urls": '[[official]]\nid = "a"\nname = "A"\naccounts = ["", "x", "javascript:1", "https://", "ftp://a.example"]\n',
    "unknown": '[[official]]\nidd = "a"\n[other]\nx = 1\n',
    "empty_id": '[[official]]\nid = ""\nname = ""\naccounts = ["https://a.example/feed"]\n',
    "escapes": '[[official]]\nid = "\\u0000"\nname = "\\u202e"\naccounts = ["https://a.example/\\u0001"]\n',
    "cut": '[[official]]\nid = "a"\nname = "A',
    "bad_utf8": b'[[official]]\nid = "\xff"\n',
    "empty": "",
    "comment": "# official\n",
}

OFFICIALS_CSV = {
    "usual": "id,name,kind,aliases,languages,wikidata,websites,accounts,role,place,country,from,until\r\na-b,A B,person,\"B\nБ\",fr;en,Q1,https://a.example/,\"https://x.com/ab, https://a.example/feed\",Mayor,Lyon,FR,2020-05-01,2026-03-29\r\n",
    "semicolons": "Nom;Prénom;Fonction;Ville;Pays;Facebook;X (Twitter);Depuis\nRavenel;Odile;Maire;Portvent;France;ravenel;@ravenel;05.04.2014\n",
    "tabs": "name\turl\nA\thttps://a.example/feed\nB\t@b@social.example\n",
    "rows": "name,account\nA,https://x.com/a\n,https://t.me/a\nA,https://a.example/feed\nB,https://x.com/a\nB,\n",
    "quotes": 'name,url\n"A ""B"" C","https://a.example/f;x=1,2"\n"D\nE",\n',
    "open_quote": 'name,url\n"A,https://a.example\n',
    "windows": b"name;url\nAndr\xe9;https://a.example/feed\n", "cyrillic_windows": b"name\n\xc2\xb3\xf2\xe0\xeb\n",
    "utf16": "name\turl\nA\thttps://a.example/feed\n".encode("utf-16"), "mark": b"\xef\xbb\xbfname\nA\n",
    "sep": "sep=;\nname;url\nA;https://a.example/feed\n",
    "bad": "name,role,place,country,from,until,lang,accounts\nA,Mayor,X,Atlantis,4/5/2014,x,xx,nonsense\nB,Mayor,Y,UK,2014,2013,en,\n",
    "same_names": "name,role,place,wikidata\nA B,Mayor,X,Q1\nA B,Mayor,Y,Q2\nA B,Mayor,,Q3\nB A,,,\n",
    "roles": "id,name,role,place,from,until\n1,A,Mayor,X,,2010\n2,B,,,,\n1,A,Mayor,X,2014,\n1,A,Mayor,,2014,2020\n",
    "no_header": "A,https://a.example/feed\n", "too_wide": "name\nA,B,C\n", "empty": "", "commas": ",,,\n,,\n",
    "separators": "name;accounts;aliases\nA;https://a.example/x, https://b.example/y|@c@social.example;a|b\n",
}

OFFICIALS_JSONL = {
    "usual": '{"id":"a-b","name":"A B","kind":"BODY","aliases":["Б"],"roles":[{"title":"Mayor","place":"Lyon","country":"FR","from":"2020-05-01T00:00:00Z"}],"languages":["fr"],"accounts":[{"id":"x:ab","platform":"x","profileUrl":"https://x.com/ab"}],"wikidata":"Q1","websites":["https://a.example/"]}\n',
    "registry": '{"id":"us/X1","name":"A B","role":"Senator","place":"PV","country":"US","party":"P","website":"https://a.example","wikidata":"Q1","start_date":"2017-01-01","accounts":{"twitter":"@AB","twitter_id":4,"youtube":"ab","youtube_id":"UCabcdefghijklmnopqrstuv","mastodon":"@ab@social.example","sites":["https://t.me/ab","https://www.facebook.com/ no page","x"]}}\n',
    "two": '{"name":"A"}\n\n{"name":"A","accounts":["https://a.example/feed"]}\r\n',
    "shared": '{"id":"1","name":"A B","accounts":["https://x.com/a"]}\n{"id":"2","name":"C D","accounts":["https://x.com/a"]}\n{"name":"C D","accounts":["https://x.com/a"]}\n',
    "types": '{"id":1,"name":[],"kind":9,"aliases":"x","roles":[3,{}],"accounts":[null,4,{}],"languages":[{}],"wikidata":7}\n[]\n3\nnull\n',
    "registry_types": '{"id":[],"name":{},"role":true,"place":[],"country":3,"accounts":{"twitter":[],"sites":{},"x":null}}\n{"role":"R","accounts":[]}\n',
    "dates": '{"name":"A","roles":[{"title":"M","from":"2014","until":"2013"},{"title":"M","from":"x"},{"title":"M","until":"9999-12-31"}]}\n',
    "controls": '{"id":"\\u0000","name":"\\ud83d","aliases":["\\u202e","a\\nb"],"accounts":["https://a.example/\\u0001"]}\n',
    "noncharacters": '{"name":"A\\uffff","aliases":["\\ufffe"],"accounts":["https://a.example/f"]}\n',
    "cut": '{"name":"A', "bad_utf8": b'{"name":"\xff"}\n', "deep": "[" * 2000, "empty": "", "mark": b'\xef\xbb\xbf{"name":"A"}',
}

OFFICIALS_OPML = {
    "usual": '<?xml version="1.0"?><opml version="2.0"><body><outline text="A B"><outline type="rss" text="x" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/></outline></body></opml>',
    "ours": '<opml version="2.0" xmlns:copytaster="urn:copytaster:officials"><body><outline text="A" copytaster:id="a" copytaster:kind="body" copytaster:wikidata="Q1"><outline xmlUrl="https://a.example/feed"/></outline></body></opml>',
    "nested": '<opml><body><outline text="F"><outline text="A"><outline xmlUrl="https://a.example/1"/><outline text="B"><outline xmlUrl="https://a.example/2"/></outline></outline></outline><outline text="C" xmlUrl="https://c.example/f"/></body></opml>',
    "others": '<opml><body><outline text="A"><outline xmlUrl="https://x.com/a"/><outline xmlUrl="@a@social.example"/><outline xmlUrl="nonsense"/></outline></body></opml>',
    "same": '<opml><body><outline text="A" xmlUrl="https://a.example/f"/><outline text="A" xmlUrl="https://a.example/g"/><outline text="B" xmlUrl="https://a.example/f"/></body></opml>',
    "ampersand": '<opml><body><outline text="A" xmlUrl="https://a.example/?a=1&b=2"/></body></opml>',
    "latin": b'<?xml version="1.0" encoding="ISO-8859-1"?><opml><body><outline text="Andr\xe9" xmlUrl="https://a.example/f"/></body></opml>',
    "laughs": '<!DOCTYPE r [<!ENTITY a "xxxx"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
    "deep": "<opml><body>" + "<outline text='a'>" * 400, "attributes": "<opml><body><outline " + "".join(f"a{i}='1' " for i in range(300)) + "/></body></opml>",
    "comments": "<opml><!-- -- -- --><body/></opml>", "not_opml": "<rss><channel/></rss>", "cut": '<opml><body><outline text="A', "empty": "",
}

SETTINGS = {
    "usual": '[service]\ndata = "data"\n[desk]\naddress = "127.0.0.1"\nport = 8642\n[metrics]\nport = 0\n[log]\nlevel = "debug"\nformat = "json"\n',
    "poller": "[poller]\nmax_interval_seconds = 60\nfull_fetch_seconds = 600\nreread_seconds = 0\nmax_in_flight = 1\nmax_picture_bytes = 1024\n",
    "too_small": "[poller]\nmax_interval_seconds = 59\nmax_in_flight = 0\nmax_picture_bytes = -1\nreread_seconds = 31536001\n",
    "secret_in_file": '[collector.facebook]\ntoken = "canary"\n',
    "secret_file": '[collector.facebook]\ntoken_file = "no-such-file"\n',
    "collector": '[collector.mastodon]\npage_size = 40\n[collector.nosuch]\nx = 1\n[collector]\nfeed = 3\n',
    "wrong_types": '[desk]\nport = "8642"\naddress = 1\n[log]\nlevel = 3\n',
    "floats": "[desk]\nport = 8642.0\n",
    "outside": "port = 1\n",
    "unknown": "[desk]\nprot = 1\n[nosuch]\nx = 1\n",
    "dotted": 'desk.port = 1\ndesk."address" = "::1"\n',
    "huge": "[desk]\nport = 99999999999999999999\n",
    "cut": '[desk]\naddress = "127.0',
    "broken": "[desk\nport = = 1\n",
    "bad_utf8": b'[desk]\naddress = "\xff"\n',
    "nul": b'[service]\ndata = "a\\u0000b"\n',
    "empty": "",
    "deep": "a = " + "{a=" * 300,
    "arrays": "[[desk]]\nport = 1\n[[desk]]\nport = 2\n",
}


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = b(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


RECORDS = {
    "item": field(1, "x:1") + field(2, "x") + field(8, "Bonjour") + field(11, field(1, 1649923200)) + field(22, 1),
    "item_media": field(1, "x:1") + field(15, field(2, "https://a.example/1") + field(14, field(1, "ab") + field(3, bytes(16)))),
    "story": field(1, "story:1") + field(2, "Title") + field(3, "x:1") + field(3, "x:2") + b"\x4d\0\0\x20\x41",
    "account": field(1, "x:a") + field(2, field(1, "since=1")) + field(10, 3),
    "parcel": field(1, "x:a") + field(3, field(1, "x:1") + field(8, "text")) + field(6, "trace"),
    "unknown_field": field(1, "x:1") + field(1999, "kept"),
    "cut": (field(1, "x:1") + field(8, "Bonjour"))[:-3],
    "long_length": b"\x0a\xff\xff\xff\xff\x0f",
    "bad_utf8": field(1, b"\xff\xfe"),
    "bad_wire_type": b"\x0f\x0e",
    "groups": b"\x0b" * 120,
    "deep": b"",
    "counter": bytes(8),
    "number": b"\xff" * 8,
    "empty": b"",
    "varint_long": b"\x08" + b"\xff" * 11,
    "timestamp_far": field(1, "x:1") + field(11, field(1, 2**63 - 1) + field(2, 2**31)),
    "version": field(1, "x:1") + field(22, 2**32 - 1),
}
deep = b""
for _ in range(150):
    deep = field(1, deep)
RECORDS["deep"] = deep

QUERIES = {
    "word": "tramway",
    "two": "Rouvray bridge",
    "phrase": '"new bridge"',
    "operators": "tramway AND bridge OR lyon NOT kyiv",
    "prefixes": "person:marchal place:zelenohrad platform:x lang:fr",
    "wildcard": "s*",
    "wildcard_narrow": "s1*",
    "wildcard_alone": "*",
    "not_only": "NOT tramway",
    "minus": "-tramway +bridge",
    "parentheses": "((tramway) OR (",
    "quote_open": '"new bridge',
    "accents": "Réseau ÉTÉ Київ",
    "apostrophe": "l'hôtel d’été",
    "operators_alone": "AND OR NOT XOR NEAR",
    "near": "tramway NEAR/3 bridge ADJ/1 x",
    "colon": "person: :x a:b:c platform:",
    "long": "a " * 499,
    "too_long": "a" * 1001,
    "many_wildcards": "a* b* s* " * 10,
    "range": "1..5 $1..$9",
    "empty": "",
    "spaces": " \t\n",
    "bad_utf8": b"\xff tram\xc3",
    "nul": b"tram\0way",
    "long_word": "x" * 600,
    "emoji": EMOJI,
}

ESCAPES = {
    "tags": "<script>alert(\"x\")</script> & 'quoted' &amp; <",
    "markdown": "# Title *bold* _it_ [a](b) ![i](j) `code` | > quote ~~no~~ $m$ ^1 {x} \\",
    "lists": "1. one",
    "lists_too": "12) two\n- three\n+ four\n=====\n---",
    "lines": "a\nb\r\nc\td\x0be",
    "controls": "\x01\x02\x1b[31m\x7f\x85\u2028",
    "url": "https://city.example/a b?c=<d>&e=\"f\"#g#h",
    "url_ipv6": "http://[2001:db8::1]:80/[x]",
    "url_escape": "https://city.example/%41%zz%",
    "url_js": "javascript:alert(1)",
    "url_utf8": "https://bücher.example/é",
    "relative": "/a/b",
    "scheme": "a+b-c.d:e",
    "json": '</script><!--{"a":"\\u003c"}-->]]>',
    "entities": "&lt;b&gt; &#60; &copy &nosuch;",
    "footnote": "[^1]: note [^1]",
    "html_comment": "<!-- x --> <?php ?> <![CDATA[y]]>",
    "emoji": EMOJI,
    "rtl": "\u202eabc",
    "spaces": "  a  \u00a0 b \u2003",
    "zero_width": "a\u200bb\ufeffc",
    "bad_utf8": b"\xff\xc3<",
    "nul": b"a\0b",
    "empty": "",
    "ampersands": "&" * 300,
}

VISIT = "story%2Fvisit"
H = "\nHost: localhost:8642\n"
REQUESTS = {
    "stories": "GET /api/stories?limit=10&offset=0" + H,
    "story": "GET /api/stories/" + VISIT + H,
    "draft": "GET /api/stories/" + VISIT + "/draft?format=html" + H,
    "draft_ninjs": "GET /api/stories/" + VISIT + "/draft?format=ninjs&download=1" + H,
    "draft_markdown": "GET /api/stories/" + VISIT + "/draft?format=markdown" + H,
    "items": "GET /api/items?limit=2" + H,
    "item": "GET /api/items/facebook%3A100_2" + H,
    "versions": "GET /api/items/facebook%3A100_2/versions" + H,
    "deleted": "GET /api/items/mastodon%3Ahttps%3A%2F%2Fsocial.test%2Fusers%2Fhalenko%2Fstatuses%2F8" + H,
    "search": "GET /api/search?q=Zelenohrad&limit=5" + H,
    "search_nothing": "GET /api/search?q=" + H,
    "media": "GET /media/" + "0" * 64 + ".jpg?edge=64" + H,
    "status": "GET /api/status" + H + "If-None-Match: W/\"x\", *\n",
    "sources": "HEAD /api/sources" + H,
    "openapi": "GET /openapi.json" + H,
    "page": "GET /" + H,
    "asset": "GET /assets/app.js" + H,
    "asset_up": "GET /assets/%2e%2e%2fapp.js" + H,
    "login": "POST /login" + H + "Origin: http://localhost:8642\nContent-Type: application/x-www-form-urlencoded\n\ntoken=wrong",
    "login_foreign": "POST /login" + H + "Origin: https://evil.example\n\ntoken=x",
    "logout": "POST /logout" + H + "Cookie: copytaster_session=abc; x=y\n",
    "bearer": "GET /api/stories" + H + "Authorization: Bearer wrong\n",
    "rebinding": "GET /api/stories\nHost: evil.example\n",
    "host_odd": "GET /api/stories\nHost: [::1\n",
    "no_host": "GET /api/stories\n",
    "limits": "GET /api/stories?limit=99999999999999999999&offset=-1" + H,
    "escapes": "GET /api/search?q=%ff%00%C3+x&q=2&limit" + H,
    "method": "DELETE /api/stories/x" + H,
    "livez": "GET /livez" + H,
    "readyz": "GET /readyz" + H,
    "nothing": "GET /nosuch" + H,
    "empty": "",
}

DRAFTS = {
    "usual": "Odile Marchal\nNous avons signé l'accord ce matin.",
    "markup": "<script>alert(1)</script>\"'>&\n</p><img src=x onerror=alert(1)> <!-- ",
    "markdown": "[a](javascript:1) *b* `c`\n# Not a title\n\n1. list\n\n> quote\n\n```",
    "footnotes": "[^1]\n[^1]: <https://evil.example>",
    "json": "\"}],\"x\":[{\"\\\n</script>\\u003c",
    "controls": b"\x01\x02\x1b[31m\x7f\n\x00\x0b\x0c",
    "bidi": "\u202egnp.exe\n\u2066\u2067\u202e",
    "bad_utf8": b"\xff\xc3\n\xe2\x82",
    "empty": "",
    "only_text": "\nTexte.",
    "only_words": "Words",
    "long": "W" * 500 + "\n" + "Une phrase. " * 100,
    "sentences": "M. X\nA! B? C… «D.» (E.) 3.5 F.",
    "emoji": EMOJI + "\n" + EMOJI * 10,
    "spaces": " \u00a0\n \u2003\u200b \n\n",
    "newlines": "\n\n\n\n\n",
    "quotes": "“”«»\n“a” «b» \"c\" 'd'",
    "url": "../../a b?c#d\nhttps://x.example/",
    "cjk": "市长\n市长说：谢谢。再见。",
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
    "html": HTML, "text": TEXT, "url": URLS, "date": DATES, "json": JSON, "log_line": LOGS, "header": HEADERS,
    "charset": CHARSETS, "feed_text": FEED_TEXTS, "feed_discovery": PAGES, "websub": HUBS, "profile_url": PROFILES, "request_target": TARGETS,
    "web_address": ADDRESSES, "address": GUARD, "picture": PICTURES, "rules": RULES, "pipeline": POSTS,
    "officials": OFFICIALS, "officials_csv": OFFICIALS_CSV, "officials_jsonl": OFFICIALS_JSONL,
    "officials_opml": OFFICIALS_OPML, "settings": SETTINGS, "record": RECORDS, "search_query": QUERIES, "escape": ESCAPES,
    "desk_request": REQUESTS, "draft": DRAFTS,
}

# What the collectors' own fixtures have not.
TELEGRAM = '<div class="tgme_widget_message" data-post="lahodyn_rada/%s">%s<a class="tgme_widget_message_date" href="x"><time datetime="2022-04-14T05:10:00+00:00">05:10</time></a></div>'
YOUTUBE = '<?xml version="1.0"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><yt:channelId>portvent0ville1tele23x</yt:channelId><entry><yt:videoId>%s</yt:videoId><title>A</title><published>%s</published><media:group><media:thumbnail url="//c.example/1.jpg"/><media:description>b\n\nc #d</media:description><media:community><media:statistics views="-1"/></media:community></media:group></entry></feed>'
COLLECTORS = {
    "feed": {
        "laughs": '<!DOCTYPE r [<!ENTITY a "' + "x" * 500 + '">]><rss><channel><title>&a;</title><item><guid>1</guid><title>' + "&a;" * 40 + "</title></item></channel></rss>",
        "same_guids": "<rss><channel>" + "<item><guid>1</guid><title>A</title></item>" * 20 + "</channel></rss>",
        "no_items": "<rss><channel><title>A</title></channel></rss>",
        "nested_items": "<rss><channel><item><item><title>A</title></item><description>B</description></item></channel></rss>",
        "json_cut": '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_text":"a"},{"id":',
        "json_types": '{"version":"https://jsonfeed.org/version/1","items":[{"id":3,"title":[],"attachments":{}},null,[]]}',
        "atom_odd": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id></id><link href="javascript:1"/><content type="xhtml"><div>x</content><updated>never</updated></entry></feed>',
        "media": '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>g</guid><media:group><media:content url="//c.example/1.jpg" width="-1" height="99999999999"><media:credit>A</media:credit></media:content></media:group><enclosure url="x" type="image/jpeg" length="z"/></item></channel></rss>',
        "empty": "", "nul": b"<rss>\0<channel>\0</rss>",
    },
    "mastodon": {
        "empty_list": "[]", "not_a_list": "{}", "nulls": '[{"id":"1","uri":null,"content":null,"account":null,"media_attachments":null}]',
        "types": '[{"id":1,"content":{},"account":[],"created_at":3,"reblog":7}, 5, "x", []]',
        "deep": "[" * 2000, "html": "<html><body>502</body></html>",
        "minimal": '[{"id":"109","uri":"https://social.example/users/ravenel/statuses/109","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","content":"<p>x</p>","account":{"id":"1","username":"ravenel","acct":"ravenel","url":"https://social.example/@ravenel"},"media_attachments":[{"id":"1","type":"image","url":"x","description":"\\u0000"}],"mentions":[],"tags":[{"name":""}]}]',
        "empty": "",
    },
    "bluesky": {
        "empty_feed": '{"feed":[]}', "types": '{"feed":[{"post":3},null,{"post":{"uri":[],"record":"x"}}],"cursor":7}',
        "facets": '{"feed":[{"post":{"uri":"at://did:plc:ravenel2345portvent234567/app.bsky.feed.post/3k","cid":"b","author":{"did":"did:plc:ravenel2345portvent234567","handle":"ravenel.portvent.example"},"record":{"$type":"app.bsky.feed.post","text":"é🇺🇦 a","createdAt":"2022-04-14T08:00:00Z","facets":[{"index":{"byteStart":1,"byteEnd":4294967297},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://a.example"}]},{"index":{"byteStart":0,"byteEnd":2},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"x"}]}]},"indexedAt":"2022-04-14T08:00:01Z"}}],"cursor":"c&d=e\\n"}',
        "bad_uri": '{"feed":[{"post":{"uri":"at://../../x","author":{"did":"did:plc:ravenel2345portvent234567"},"record":{"text":"a","createdAt":"x"}}}]}',
        "error": '{"error":"InvalidRequest","message":"Profile not found"}', "cut": '{"feed":[{"post":{"uri":"at://did', "empty": "",
        "deep": '{"feed":' * 1500,
    },
    "facebook": {
        "empty_data": '{"data":[]}', "types": '{"data":[3,null,{"id":[],"message":{}}],"paging":7}',
        "minimal": '{"data":[{"id":"100064000000042_1","message":"Bonjour\\n#Portvent https://a.example","created_time":"2022-04-14T08:00:00+0000","permalink_url":"https://www.facebook.com/100064000000042/posts/1","attachments":{"data":[{"media_type":"photo","media":{"image":{"src":"https://c.example/1.jpg","width":-1,"height":1e99}},"target":{"id":"9"},"subattachments":{"data":[null,{}]}}]}}],"paging":{"cursors":{"after":"a&b"},"next":"https://evil.example/?access_token=x"}}',
        "error": '{"error":{"message":"(#4) limit","type":"OAuthException","code":4,"fbtrace_id":"x"}}',
        "error_types": '{"error":{"message":3,"code":"x"}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>",
        "cut": '{"data":[{"id":"1000640', "empty": "", "deep": '{"a":' * 1500,
        "next_odd": '{"data":[],"paging":{"next":"javascript:1","cursors":{"after":"\\u0000"}}}',
    },
    "x": {
        "empty_page": '{"meta":{"result_count":0}}', "types": '{"data":[3,null,{"id":[],"text":{}}],"includes":7,"meta":[]}',
        "user": '{"data":{"id":"42","username":"ravenel","name":"A","description":"\\u0000"}}',
        "user_odd": '{"data":{"id":"../1","username":"a b"}}',
        "entities": '{"data":[{"id":"1514513787909046273","text":"\U0001F1FA\U0001F1E6 &amp;lt; https://t.co/a #\u00e9t\u00e9","created_at":"2022-04-14T08:00:00.000Z","entities":{"urls":[{"start":12,"end":26,"url":"https://t.co/a","expanded_url":"https://a.example/","title":"T"},{"start":12,"end":26,"url":"https://t.co/a","expanded_url":"javascript:1"},{"start":9,"end":4294967297,"url":""}],"hashtags":[{"start":27,"end":31,"tag":"\u00e9t\u00e9"}],"mentions":[{"start":-1,"end":2,"username":"a"}]}}],"meta":{"next_token":"c&d=e\\n"}}',
        "tail": '{"data":[{"id":"7","text":"https://t.co/a https://t.co/b ","created_at":"2022-04-14T08:00:00Z","attachments":{"media_keys":["3_1"]},"entities":{"urls":[{"start":0,"end":14,"url":"https://t.co/a","expanded_url":"https://x.com/a/status/7/photo/1"},{"start":15,"end":29,"url":"https://t.co/b","expanded_url":"https://x.com/a/status/7/photo/1"}]}}],"includes":{"media":[{"media_key":"3_1","type":"photo","url":"x"}]},"meta":{"result_count":1}}',
        "note_cut": '{"data":[{"id":"7","text":"a","note_tweet":{"text":"b\\r\\u0007","entities":{"hashtags":[{"start":0,"end":1,"tag":"b"}]}},"created_at":"2022-04-14T08:00:00Z"}]}',
        "versions": '{"data":{"id":"6","text":"old","edit_history_tweet_ids":["6","7"],"created_at":"2022-04-14T08:00:00Z"},"includes":{"tweets":[{"id":"7","text":"new","edit_history_tweet_ids":["6","7",8,"x"],"created_at":"never"}]}}',
        "circle": '{"data":[{"id":"7","text":"a","created_at":"2022-04-14T08:00:00Z","referenced_tweets":[{"type":"quoted","id":"7"},{"type":"retweeted","id":"8"},{"type":"replied_to"}]}],"includes":{"tweets":[{"id":"7","text":"a","referenced_tweets":[{"type":"quoted","id":"7"}]}]}}',
        "error": '{"errors":[{"title":"Not Found Error","type":"https://api.twitter.com/2/problems/resource-not-found","resource_type":"user","value":"a"}]}',
        "error_types": '{"errors":[3,null,{"title":[]}],"title":7}', "text": "Rate limit exceeded", "html": "<html>Over capacity</html>",
        "cut": '{"data":[{"id":"15145', "empty": "", "deep": '{"data":' * 1500,
    "instagram": {
        "empty_media": '{"business_discovery":{"username":"ravenel.portvent","media":{"data":[]}},"id":"1"}', "nothing": '{"id":"17841400000000042"}',
        "types": '{"business_discovery":{"username":3,"name":[],"media":{"data":[3,null,{"id":[],"caption":{},"children":7}],"paging":7}},"id":{}}',
        "minimal": '{"business_discovery":{"username":"ravenel.portvent","name":"Am\u00e9lie","media_count":2,"media":{"data":[{"id":"17900000000000001","caption":"Bonjour\\n#Portvent @hartwig_j. https://a.example a@b.example @@x","media_type":"CAROUSEL_ALBUM","permalink":"https://www.instagram.com/p/C1/","timestamp":"2022-04-14T08:00:00+0000","children":{"data":[null,{},{"id":"2","media_type":"VIDEO"},{"id":"3","media_type":"IMAGE","media_url":"x","alt_text":"\\u0000"}]}}],"paging":{"cursors":{"after":"QVFI"}}}},"id":"1"}',
        "cursor_odd": '{"business_discovery":{"media":{"data":[{"id":"1","timestamp":"2022-04-14T08:00:00+0000"}],"paging":{"cursors":{"after":"a).limit(9){id},b("},"next":"https://evil.example/?access_token=x"}}},"id":"1"}',
        "own_list": '{"data":[{"id":"1","media_type":"STORY","media_url":"https://c.example/1","timestamp":"2022-04-14T08:00:00+0000","shortcode":"../x"}]}',
        "one": '{"id":"1","media_type":"IMAGE","media_url":"https://c.example/1.jpg","timestamp":"2022-04-14T08:00:00+0000","shortcode":"C1"}',
        "error": '{"error":{"message":"(#100) Tried accessing nonexisting field (alt_text)","code":100}}', "error_110": '{"error":{"message":"Invalid user id","code":110,"error_subcode":2207013}}',
        "error_types": '{"error":{"message":3,"code":"x","error_subcode":[]}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>",
        "counted": '{"business_discovery":{"media_count":9,"id":"1"},"id":"2"}', "cut": '{"business_discovery":{"media":{"data":[{"id":"17', "empty": "", "deep": '{"business_discovery":' * 1500,
    },
    "threads": {
        "empty_data": '{"data":[]}', "types": '{"data":[3,null,{"id":[],"text":{},"children":[],"quoted_post":7}],"paging":[]}',
        "minimal": '{"data":[{"id":"18000000000000001","media_type":"TEXT_POST","username":"ravenel.portvent","text":"Bonjour\\n#Portvent @hartwig_j. https://a.example","timestamp":"2022-04-14T08:00:00+0000","shortcode":"D1","link_attachment_url":"https://l.threads.com/?u=https%3A%2F%2Fa.example&e=AT","topic_tag":"Port","is_spoiler_media":true}],"paging":{"cursors":{"before":"b","after":"QVFI"},"next":"https://evil.example/?access_token=x"}}',
        "repost": '{"data":[{"id":"2","media_type":"REPOST_FACADE","text":"x","timestamp":"2022-04-14T08:00:00+0000","reposted_post":{"id":"3","username":"../x","text":"\\ud83d","media_type":"IMAGE","media_url":"javascript:1"}},{"id":"4","media_type":"REPOST_FACADE","timestamp":"2022-04-14T08:00:00+0000"}]}',
        "quote": '{"data":[{"id":"5","media_type":"TEXT_POST","text":"x","timestamp":"2022-04-14T08:00:00+0000","is_quote_post":true,"quoted_post":"6","replied_to":{"id":7},"permalink":"javascript:1"}]}',
        "carousel": '{"data":[{"id":"8","media_type":"CAROUSEL_ALBUM","timestamp":"2022-04-14T08:00:00+0000","alt_text":"x","children":{"data":[{"id":"9"},null,{"id":"10","media_type":"AUDIO","media_url":"https://c.example/a.m4a","thumbnail_url":"https://c.example/a.jpg"}]}}]}',
        "one": '{"id":"1","media_type":"AUDIO","timestamp":"2022-04-14T08:00:00+0000"}',
        "error": '{"error":{"message":"(#100) Tried accessing nonexisting field (children)","type":"THApiException","code":100}}', "error_10": '{"error":{"message":"no permission","type":"THApiException","code":10,"error_subcode":4279067}}',
        "error_types": '{"error":{"message":3,"code":"x"}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>", "cut": '{"data":[{"id":"18', "empty": "", "deep": '{"data":' * 1500,
    "telegram": {
        "empty": "", "no_posts": '<section class="tgme_channel_history"><div class="tme_no_messages_found">No posts found</div></section>',
        "no_preview": '<html><body><div class="tgme_page"><div class="tgme_page_title">A</div></div></body></html>',
        "minimal": TELEGRAM % ("5", '<div class="tgme_widget_message_text js-message_text">a <a href="?q=%23b">#b</a><br/>c</div>'),
        "nested_text": TELEGRAM % ("5", '<div class="tgme_widget_message_text">' * 40 + "x"),
        "nested_messages": (TELEGRAM % ("5", "")) * 3 + '<div class="tgme_widget_message" data-post="lahodyn_rada/6">' * 30,
        "media": TELEGRAM % ("101", "<a class=tgme_widget_message_photo_wrap href=//t.me/lahodyn_rada/101?single style=\"background-image:url('//c.example/1.jpg')\"></a><a class='tgme_widget_message_video_player'><video src=javascript:1></video><i class='tgme_widget_message_video_thumb' style='background-image:url('></i></a><i class='tgme_widget_message_sticker' data-webp='https://c.example/&#0;&#x1F600;.webp'></i>"),
        "forward_reply": TELEGRAM % ("7", '<a class="tgme_widget_message_reply" href="https://t.me/c/1/2"><div class="tgme_widget_message_text js-message_reply_text">q</div></a><div class="tgme_widget_message_forwarded_from"><span class="tgme_widget_message_forwarded_from_name">N</span></div><div class="tgme_widget_message_text">w</div>'),
        "poll": TELEGRAM % ("8", '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Q</div><div class="tgme_widget_message_poll_option_text">1</div></div>'),
        "ids": "".join(TELEGRAM % (n, "x") for n in ("0", "-1", "999999999999999999", "99999999999999999999", "5/6", "a&#47;b")),
        "links": TELEGRAM % ("9", '<div class="tgme_widget_message_text"><a href="?q=%24E">$E</a><a href="?q=%23">#</a><a href="https://t.me/x">@x</a><a href="https://a.example/?a&amp;amp;b">\U0001F1FA\U0001F1E6</a></div>'),
        "gap": TELEGRAM % ("100", '<div class="tgme_widget_message_text">a</div>') + TELEGRAM % ("102", '<div class="tgme_widget_message_text">b</div>'),
        "bad_utf8": b('<div class="tgme_widget_message" data-post="lahodyn_rada/5">') + b"\xff\xfe</div>",
        "quotes": "<div class='tgme_widget_message' data-post=\"lahodyn_rada/5'><a href='>\">x</div><b a='", "comment": "<!-- <div class=tgme_widget_message data-post=a/1>", "script": "<script>'</scrip'<div class=tgme_page>",
        "deep": "<div>" * 300, "views": TELEGRAM % ("5", '<span class="tgme_widget_message_views">1e308K</span><span class="tgme_widget_message_views">-0.M</span>x'),
    },
    "youtube": {
        "empty": "", "empty_feed": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        "minimal": YOUTUBE % ("pvA1b2C3d4E", "2022-04-13T18:00:00+00:00"), "no_id": YOUTUBE % ("", "x"), "odd_id": YOUTUBE % ("../&#x1F600;", "2022-04-13T18:00:00Z"),
        "cut": (YOUTUBE % ("pvA1b2C3d4E", "2022-04-13T18:00:00+00:00"))[:-40], "html": "<!DOCTYPE html><title>404</title>",
        "page": '<html><link rel="canonical" href="https://www.youtube.com/channel/UCportvent0ville1tele23x"><meta itemprop="identifier" content="UCx"></html>',
        "page_odd": "<link " * 50 + '<link rel=canonical href="https://www.youtube.com/channel/UC&amp;&lt;aaaaaaaaaaaaaaaaaaaaaaaa"><meta ',
        "api": '{"kind":"youtube#playlistItemListResponse","nextPageToken":"a&b=c","items":[{"kind":"youtube#playlistItem","snippet":{"title":"Private video","publishedAt":"x","resourceId":{"videoId":"pvA1b2C3d4E"},"thumbnails":{"high":{"url":"javascript:1"}}},"contentDetails":{}},{"snippet":7},null]}',
        "api_types": '{"kind":"youtube#videoListResponse","items":{},"pageInfo":{"totalResults":"0"}}', "api_none": '{"kind":"youtube#videoListResponse","items":[],"pageInfo":{"totalResults":0}}',
        "channels": '{"kind":"youtube#channelListResponse","items":[{"id":"UCportvent0ville1tele23x","snippet":{"title":"\\u0000","description":3}}]}',
        "quota": '{"error":{"code":403,"message":"m","errors":[{"reason":"quotaExceeded"}]}}', "error_types": '{"error":{"code":"x","errors":{},"details":[[]]}}', "deep": '{"a":' * 1500,
    },
}
SEEDS.update(COLLECTORS)

# One message a seed.
DID = "did:plc:ravenel2345portvent234567"
POST = '{"$type":"app.bsky.feed.post","text":"Été 🚲 #vélo","createdAt":"2022-04-14T08:00:00Z","langs":["fr"],"facets":[{"index":{"byteStart":11,"byteEnd":17},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"vélo"}]}],"embed":{"$type":"app.bsky.embed.images","images":[{"alt":"Un rail","image":{"$type":"blob","ref":{"$link":"bafkreione"},"mimeType":"image/jpeg","size":1}}]}}'
STATUS = '{"id":"12","uri":"https://social.example/users/ravenel/statuses/12","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","content":"<p>é🚋</p>","account":{"id":"1","username":"ravenel","acct":"ravenel","url":"https://social.example/@ravenel"},"media_attachments":[]}'


def jet(kind, body):
    return '{"did":"%s","time_us":1649937600000000,"cursor":7,"kind":"%s","%s":{%s}}' % (DID, kind, kind, body)


def jet2(kind, body):
    return '{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#%s","seq":12345,"did":"%s","time":"2022-04-14T12:00:00.000000Z",%s}}' % (kind, DID, body)


def operation(name, collection="app.bsky.feed.post", record=None):
    return '"operation":"%s","collection":"%s","rkey":"3l1"%s' % (name, collection, ',"cid":"bafyc","record":' + record if record else "")


def in_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


REPOST = '{"createdAt":"2022-04-14T08:00:00Z","subject":{"cid":"c","uri":"at://did:plc:other/app.bsky.feed.post/3l"}}'
STREAMS = {
    "jetstream": {
        "v1_create": jet("commit", operation("create", record=POST)), "v2_create": jet2("commit", operation("create", record=POST)),
        "v1_update": jet("commit", operation("update", record=POST.replace("Un rail", ""))),
        "v1_delete": jet("commit", operation("delete")), "v2_delete": jet2("commit", operation("delete")),
        "v1_repost": jet("commit", operation("create", "app.bsky.feed.repost", REPOST)),
        "v1_identity": jet("identity", '"handle":"mayor.portvent.example"'), "v2_identity": jet2("identity", '"identity":{"handle":"handle.invalid"}'),
        "v1_account": jet("account", '"active":false,"status":"deactivated"'), "v2_account": jet2("account", '"account":{"active":true}'),
        "v2_info": jet2("info", '"name":"OutdatedCursor","message":"from 900"'), "v2_sync": jet2("sync", '"sync":{}'),
        "error": '{"$type":"error","error":"CursorTooOld","message":"floor 900"}',
        "types": '{"did":7,"time_us":"1649937600000000","kind":{},"commit":[]}', "types2": '{"payload":{"$type":"#commit","seq":"5","did":"%s","rkey":{},"collection":"app.bsky.feed.post","operation":"create","record":7}}' % DID,
        "places": '{"did":"x","time_us":1e30,"kind":"commit"}', "stranger": jet("commit", operation("create", record=POST)).replace(DID, "did:plc:stranger"),
        "odd_key": jet("commit", operation("create", record=POST)).replace("3l1", "../\\u0000"), "cut": jet("commit", operation("create", record=POST))[:150],
        "bad_utf8": b(jet("commit", operation("create", record=POST))).replace(b("é"), b"\xe9"), "deep": '{"payload":' * 1500, "empty": "",
        "zstd": b"#(\xb5/\xfd\x20\x05\x29\x00\x00hello", "dictionary": b"#" + b"7\xa40\xec\x01\0\0\0" * 8,
        "frame": b"#\x09\xff\x01" + b(jet("commit", operation("create", record=POST))), "frame_unsized": b"#\x05\0\0" + b"ab" * 3000,
        "plain_zstd": b"(\xb5/\xfd\x20\x05\x29\x00\x00hello",
    },
    "mastodon_stream": {
        "update": '{"stream":["user"],"event":"update","payload":%s}' % in_string(STATUS),
        "edit": '{"stream":["user"],"event":"status.update","payload":%s}' % in_string(STATUS.replace('"visibility"', '"edited_at":"2022-04-14T09:00:00Z","visibility"')),
        "reblog": '{"event":"update","payload":%s}' % in_string(STATUS[:-1] + ',"reblog":' + STATUS.replace("12", "7") + "}"),
        "delete": '{"stream":["user"],"event":"delete","payload":"12"}', "delete_number": '{"event":"delete","payload":12}',
        "direct": '{"event":"update","payload":%s}' % in_string(STATUS.replace('"public"', '"direct"')),
        "object": '{"event":"update","payload":%s}' % STATUS, "notification": '{"event":"notification","payload":"{}"}',
        "error": '{"error":"Invalid access token","status":401}', "types": '{"event":[],"payload":{}}', "bare": '{"event":"update"}',
        "sse": ":thump\nevent: update\ndata: %s\n\n" % STATUS, "sse_lines": "event:update\r\ndata: {\r\ndata: }\r\n\r\n", "sse_two": "event: delete\ndata: 1\n\nevent: delete\ndata: 2\n\n",
        "thump": ":thump\n", "retry": "retry: 5\nid: 7\n\n", "colons": "::\n:\nevent\ndata\n", "cut": '{"event":"update","payload":"{\\"id', "empty": "",
        "bad_utf8": b'{"event":"update","payload":%s}' % b(in_string(STATUS)).replace(b("é"), b"\xe9"), "nul": b"event: a\0b\ndata: \0\n\n",
        "deep": '{"event":"update","payload":"' + "[" * 2000 + '"}', "html": "<html>502</html>",
    },
}
SEEDS.update(STREAMS)



def main():
    for target, seeds in SEEDS.items():
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, seed in seeds.items():
            (folder / name).write_bytes(b(seed))


if __name__ == "__main__":
    main()
