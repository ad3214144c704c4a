"""What the collectors' own fixtures have not: X."""

X = {
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
}

SEEDS = {
    "x": X,
}
