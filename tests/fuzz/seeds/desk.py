"""Requests to the desk."""

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
    "copies": "GET /api/items/facebook%3A100_2/copies?of=bluesky%3Aat%3A%2F%2Fdid%3Aplc%3Arouvray%2Fapp.bsky.feed.post%2F1" + H,
    "copies_of_none": "GET /api/items/facebook%3A100_2/copies?of=" + H,
    "copies_answer": "POST /api/items/facebook%3A100_2/copies" + H + "Origin: http://localhost:8642\nContent-Type: application/json\n\n"
                     + '{"of":"facebook:100_1","same":false,"by":"Mira"}',
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

SEEDS = {
    "desk_request": REQUESTS,
}
