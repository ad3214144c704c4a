"""What the collectors' own fixtures have not: Telegram's preview pages."""
from seeds.words import b

MESSAGE = '<div class="tgme_widget_message" data-post="lahodyn_rada/%s">%s<a class="tgme_widget_message_date" href="x"><time datetime="2022-04-14T05:10:00+00:00">05:10</time></a></div>'
PAGES = {
    "empty": "", "no_posts": '<section class="tgme_channel_history"><div class="tme_no_messages_found">No posts found</div></section>',
    "no_preview": '<html><body><div class="tgme_page"><div class="tgme_page_title">A</div></div></body></html>',
    "minimal": MESSAGE % ("5", '<div class="tgme_widget_message_text js-message_text">a <a href="?q=%23b">#b</a><br/>c</div>'),
    "nested_text": MESSAGE % ("5", '<div class="tgme_widget_message_text">' * 40 + "x"),
    "nested_messages": (MESSAGE % ("5", "")) * 3 + '<div class="tgme_widget_message" data-post="lahodyn_rada/6">' * 30,
    "media": MESSAGE % ("101", "<a class=tgme_widget_message_photo_wrap href=//t.me/lahodyn_rada/101?single style=\"background-image:url('//c.example/1.jpg')\"></a><a class='tgme_widget_message_video_player'><video src=javascript:1></video><i class='tgme_widget_message_video_thumb' style='background-image:url('></i></a><i class='tgme_widget_message_sticker' data-webp='https://c.example/&#0;&#x1F600;.webp'></i>"),
    "forward_reply": MESSAGE % ("7", '<a class="tgme_widget_message_reply" href="https://t.me/c/1/2"><div class="tgme_widget_message_text js-message_reply_text">q</div></a><div class="tgme_widget_message_forwarded_from"><span class="tgme_widget_message_forwarded_from_name">N</span></div><div class="tgme_widget_message_text">w</div>'),
    "poll": MESSAGE % ("8", '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Q</div><div class="tgme_widget_message_poll_option_text">1</div></div>'),
    "ids": "".join(MESSAGE % (n, "x") for n in ("0", "-1", "999999999999999999", "99999999999999999999", "5/6", "a&#47;b")),
    "links": MESSAGE % ("9", '<div class="tgme_widget_message_text"><a href="?q=%24E">$E</a><a href="?q=%23">#</a><a href="https://t.me/x">@x</a><a href="https://a.example/?a&amp;amp;b">\U0001F1FA\U0001F1E6</a></div>'),
    "gap": MESSAGE % ("100", '<div class="tgme_widget_message_text">a</div>') + MESSAGE % ("102", '<div class="tgme_widget_message_text">b</div>'),
    "bad_utf8": b('<div class="tgme_widget_message" data-post="lahodyn_rada/5">') + b"\xff\xfe</div>",
    "quotes": "<div class='tgme_widget_message' data-post=\"lahodyn_rada/5'><a href='>\">x</div><b a='", "comment": "<!-- <div class=tgme_widget_message data-post=a/1>", "script": "<script>'</scrip'<div class=tgme_page>",
    "deep": "<div>" * 300, "views": MESSAGE % ("5", '<span class="tgme_widget_message_views">1e308K</span><span class="tgme_widget_message_views">-0.M</span>x'),
}

SEEDS = {
    "telegram": PAGES,
}
