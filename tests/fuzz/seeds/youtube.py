"""What the collectors' own fixtures have not: YouTube's feeds, pages and Data API."""

FEED = '<?xml version="1.0"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><yt:channelId>portvent0ville1tele23x</yt:channelId><entry><yt:videoId>%s</yt:videoId><title>A</title><published>%s</published><media:group><media:thumbnail url="//c.example/1.jpg"/><media:description>b\n\nc #d</media:description><media:community><media:statistics views="-1"/></media:community></media:group></entry></feed>'
ANSWERS = {
    "empty": "", "empty_feed": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
    "minimal": FEED % ("pvA1b2C3d4E", "2022-04-13T18:00:00+00:00"), "no_id": FEED % ("", "x"), "odd_id": FEED % ("../&#x1F600;", "2022-04-13T18:00:00Z"),
    "cut": (FEED % ("pvA1b2C3d4E", "2022-04-13T18:00:00+00:00"))[:-40], "html": "<!DOCTYPE html><title>404</title>",
    "page": '<html><link rel="canonical" href="https://www.youtube.com/channel/UCportvent0ville1tele23x"><meta itemprop="identifier" content="UCx"></html>',
    "page_odd": "<link " * 50 + '<link rel=canonical href="https://www.youtube.com/channel/UC&amp;&lt;aaaaaaaaaaaaaaaaaaaaaaaa"><meta ',
    "api": '{"kind":"youtube#playlistItemListResponse","nextPageToken":"a&b=c","items":[{"kind":"youtube#playlistItem","snippet":{"title":"Private video","publishedAt":"x","resourceId":{"videoId":"pvA1b2C3d4E"},"thumbnails":{"high":{"url":"javascript:1"}}},"contentDetails":{}},{"snippet":7},null]}',
    "api_types": '{"kind":"youtube#videoListResponse","items":{},"pageInfo":{"totalResults":"0"}}', "api_none": '{"kind":"youtube#videoListResponse","items":[],"pageInfo":{"totalResults":0}}',
    "channels": '{"kind":"youtube#channelListResponse","items":[{"id":"UCportvent0ville1tele23x","snippet":{"title":"\\u0000","description":3}}]}',
    "quota": '{"error":{"code":403,"message":"m","errors":[{"reason":"quotaExceeded"}]}}', "error_types": '{"error":{"code":"x","errors":{},"details":[[]]}}', "deep": '{"a":' * 1500,
}

SEEDS = {
    "youtube": ANSWERS,
}
