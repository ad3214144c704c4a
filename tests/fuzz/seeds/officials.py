"""Lists of officials in every format."""

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

SEEDS = {
    "officials": OFFICIALS,
    "officials_csv": OFFICIALS_CSV,
    "officials_jsonl": OFFICIALS_JSONL,
    "officials_opml": OFFICIALS_OPML,
}
