// Where the bookmarklet lands: on to the desk, with what it brought. Another site opened this page, so the browser
// kept the session's strict cookie back; the desk is opened by a page of our own, with it.
location.replace(`/${location.hash.startsWith("#/intake?") ? location.hash : "#/intake"}`);
