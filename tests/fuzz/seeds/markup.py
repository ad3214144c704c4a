"""HTML and JSON as they come from anywhere."""
from seeds.words import EMOJI

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

SEEDS = {
    "html": HTML,
    "json": JSON,
}
