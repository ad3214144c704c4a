"""What the collectors' own fixtures have not: Facebook, Instagram and Threads."""

FACEBOOK = {
    "empty_data": '{"data":[]}', "types": '{"data":[3,null,{"id":[],"message":{}}],"paging":7}',
    "minimal": '{"data":[{"id":"100064000000042_1","message":"Bonjour\\n#Portvent https://a.example","created_time":"2022-04-14T08:00:00+0000","permalink_url":"https://www.facebook.com/100064000000042/posts/1","attachments":{"data":[{"media_type":"photo","media":{"image":{"src":"https://c.example/1.jpg","width":-1,"height":1e99}},"target":{"id":"9"},"subattachments":{"data":[null,{}]}}]}}],"paging":{"cursors":{"after":"a&b"},"next":"https://evil.example/?access_token=x"}}',
    "error": '{"error":{"message":"(#4) limit","type":"OAuthException","code":4,"fbtrace_id":"x"}}',
    "error_types": '{"error":{"message":3,"code":"x"}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>",
    "cut": '{"data":[{"id":"1000640', "empty": "", "deep": '{"a":' * 1500,
    "next_odd": '{"data":[],"paging":{"next":"javascript:1","cursors":{"after":"\\u0000"}}}',
}

INSTAGRAM = {
    "empty_media": '{"business_discovery":{"username":"ravenel.portvent","media":{"data":[]}},"id":"1"}', "nothing": '{"id":"17841400000000042"}',
    "types": '{"business_discovery":{"username":3,"name":[],"media":{"data":[3,null,{"id":[],"caption":{},"children":7}],"paging":7}},"id":{}}',
    "minimal": '{"business_discovery":{"username":"ravenel.portvent","name":"Am\u00e9lie","media_count":2,"media":{"data":[{"id":"17900000000000001","caption":"Bonjour\\n#Portvent @hartwig_j. https://a.example a@b.example @@x","media_type":"CAROUSEL_ALBUM","permalink":"https://www.instagram.com/p/C1/","timestamp":"2022-04-14T08:00:00+0000","children":{"data":[null,{},{"id":"2","media_type":"VIDEO"},{"id":"3","media_type":"IMAGE","media_url":"x","alt_text":"\\u0000"}]}}],"paging":{"cursors":{"after":"QVFI"}}}},"id":"1"}',
    "cursor_odd": '{"business_discovery":{"media":{"data":[{"id":"1","timestamp":"2022-04-14T08:00:00+0000"}],"paging":{"cursors":{"after":"a).limit(9){id},b("},"next":"https://evil.example/?access_token=x"}}},"id":"1"}',
    "own_list": '{"data":[{"id":"1","media_type":"STORY","media_url":"https://c.example/1","timestamp":"2022-04-14T08:00:00+0000","shortcode":"../x"}]}',
    "one": '{"id":"1","media_type":"IMAGE","media_url":"https://c.example/1.jpg","timestamp":"2022-04-14T08:00:00+0000","shortcode":"C1"}',
    "error": '{"error":{"message":"(#100) Tried accessing nonexisting field (alt_text)","code":100}}', "error_110": '{"error":{"message":"Invalid user id","code":110,"error_subcode":2207013}}',
    "error_types": '{"error":{"message":3,"code":"x","error_subcode":[]}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>",
    "counted": '{"business_discovery":{"media_count":9,"id":"1"},"id":"2"}', "cut": '{"business_discovery":{"media":{"data":[{"id":"17', "empty": "", "deep": '{"business_discovery":' * 1500,
}

THREADS = {
    "empty_data": '{"data":[]}', "types": '{"data":[3,null,{"id":[],"text":{},"children":[],"quoted_post":7}],"paging":[]}',
    "minimal": '{"data":[{"id":"18000000000000001","media_type":"TEXT_POST","username":"ravenel.portvent","text":"Bonjour\\n#Portvent @hartwig_j. https://a.example","timestamp":"2022-04-14T08:00:00+0000","shortcode":"D1","link_attachment_url":"https://l.threads.com/?u=https%3A%2F%2Fa.example&e=AT","topic_tag":"Port","is_spoiler_media":true}],"paging":{"cursors":{"before":"b","after":"QVFI"},"next":"https://evil.example/?access_token=x"}}',
    "repost": '{"data":[{"id":"2","media_type":"REPOST_FACADE","text":"x","timestamp":"2022-04-14T08:00:00+0000","reposted_post":{"id":"3","username":"../x","text":"\\ud83d","media_type":"IMAGE","media_url":"javascript:1"}},{"id":"4","media_type":"REPOST_FACADE","timestamp":"2022-04-14T08:00:00+0000"}]}',
    "quote": '{"data":[{"id":"5","media_type":"TEXT_POST","text":"x","timestamp":"2022-04-14T08:00:00+0000","is_quote_post":true,"quoted_post":"6","replied_to":{"id":7},"permalink":"javascript:1"}]}',
    "carousel": '{"data":[{"id":"8","media_type":"CAROUSEL_ALBUM","timestamp":"2022-04-14T08:00:00+0000","alt_text":"x","children":{"data":[{"id":"9"},null,{"id":"10","media_type":"AUDIO","media_url":"https://c.example/a.m4a","thumbnail_url":"https://c.example/a.jpg"}]}}]}',
    "one": '{"id":"1","media_type":"AUDIO","timestamp":"2022-04-14T08:00:00+0000"}',
    "error": '{"error":{"message":"(#100) Tried accessing nonexisting field (children)","type":"THApiException","code":100}}', "error_10": '{"error":{"message":"no permission","type":"THApiException","code":10,"error_subcode":4279067}}',
    "error_types": '{"error":{"message":3,"code":"x"}}', "error_text": '{"error":"no"}', "html": "<!DOCTYPE html><title>Log in</title>", "cut": '{"data":[{"id":"18', "empty": "", "deep": '{"data":' * 1500,
}

SEEDS = {
    "facebook": FACEBOOK,
    "instagram": INSTAGRAM,
    "threads": THREADS,
}
