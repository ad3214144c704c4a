"""Web servers that mean it badly, one a host name, on one address: each answers every request in its own wrong way until
`heal` makes them all right. Raw sockets, a thread a connection; loopback only."""
import json
import socket
import threading
import time
import zlib

ENDLESS = 5 << 30  # bytes that are offered; nobody should take them
ETAG = '"1"'  # of all answers, also of those that came to harm on their way
SLOW_FOR = 90  # seconds a slow host goes on; the client should have left long before
ITEM = "<item><guid>{host}/{n}</guid><title>{host} {n}</title><description>{text}</description><pubDate>Thu, 26 Nov 2026 0{n}:00:00 GMT</pubDate></item>"
TEXT = "Ulice Žďárská je opět průjezdná – děkujeme. 🚋"


def feed(host):
    items = "".join(ITEM.format(host=host, n=n, text=TEXT) for n in range(1, 4))
    return (f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{host}</title>"
            f"<link>http://{host}/</link>{items}</channel></rss>").encode()


def half(host):
    """Cut in the middle of the third post's words, and of a character."""
    whole = feed(host)
    return whole[:whole.rindex("Žďárská".encode()) + 7]


def answer(body, kind="application/rss+xml; charset=utf-8", status="200 OK", more="", length=None):
    length = len(body) if length is None else length
    size = f"Content-Length: {length}\r\n" if length >= 0 else ""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{size}{more}ETag: {ETAG}\r\nConnection: close\r\n\r\n".encode() + body


def pour(connection, server, host, chunked):
    """An endless feed."""
    start = feed(host).removesuffix(b"</channel></rss>")
    piece = (ITEM.format(host=host, n=9, text=TEXT * 20)).encode() * 40
    frame = (lambda bytes_: b"%x\r\n%s\r\n" % (len(bytes_), bytes_)) if chunked else (lambda bytes_: bytes_)
    connection.sendall(frame(start))
    while server.sent[host] < ENDLESS:
        connection.sendall(frame(piece))
        server.sent[host] += len(piece)


def drip(connection, first, byte):
    connection.sendall(first)
    until = time.monotonic() + SLOW_FOR
    while time.monotonic() < until:
        connection.sendall(byte)
        time.sleep(0.5)


def endless_chunks(connection, server, host):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nTransfer-Encoding: chunked\r\n\r\n")
    pour(connection, server, host, True)


def endless_length(connection, server, host):
    connection.sendall(answer(b"", length=ENDLESS))
    pour(connection, server, host, False)


def endless_no_length(connection, server, host):
    connection.sendall(answer(b"", length=-1))
    pour(connection, server, host, False)


def says(*parts):
    return lambda connection, server, host: connection.sendall(answer(*parts))


def never_ending_header(connection, server, host):
    drip(connection, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a")


def dripping_body(connection, server, host):
    drip(connection, answer(b"", length=4000), b"<")


def silent(connection, server, host):
    drip(connection, b"", b"")


def too_short_length(connection, server, host):
    body = feed(host)
    connection.sendall(answer(body, length=len(half(host))))


def too_long_length(connection, server, host):
    body = feed(host)
    connection.sendall(answer(body, length=len(body) + 100))


def cut_gzip(connection, server, host):
    start = feed(host)[:150]  # one block that is whole, and then nothing
    packer = zlib.compressobj(wbits=31)
    packed = packer.compress(start) + packer.flush(zlib.Z_SYNC_FLUSH)
    connection.sendall(answer(packed, length=-1, more="Content-Encoding: gzip\r\n"))


def no_gzip(connection, server, host):
    connection.sendall(answer(feed(host), more="Content-Encoding: gzip\r\n"))


def cut_feed(connection, server, host):
    connection.sendall(answer(half(host), length=-1))


def loop(connection, server, host):
    connection.sendall(answer(b"", status="302 Found", more=f"Location: http://{host}/again{time.monotonic_ns()}\r\n"))


def html(connection, server, host):
    connection.sendall(answer(b"<!DOCTYPE html><title>Down</title><p>We are working on it.", "text/html"))


def wrong_charset(connection, server, host):
    connection.sendall(answer(feed(host), "application/rss+xml; charset=utf-16le"))


# Host: what it does; what the source says of it (one of these; none: it is read); how many of its three posts come.
HOSTS = {
    "good.example": (lambda connection, server, host: connection.sendall(answer(feed(host))), [], 3),
    "endless-chunks.example": (endless_chunks, ["larger than"], 0),
    "endless-length.example": (endless_length, ["larger than"], 0),
    "endless-no-length.example": (endless_no_length, ["larger than"], 0),
    "short-length.example": (too_short_length, [], 2),
    "long-length.example": (too_long_length, ["transfer closed"], 0),
    "cut-gzip.example": (cut_gzip, ["cut off"], 0),
    "no-gzip.example": (no_gzip, ["gzip", "decod", "encoding"], 0),
    "cut-feed.example": (cut_feed, [], 2),
    "loop.example": (loop, ["redirects"], 0),
    "page.example": (html, ["feed"], 0),
    "charset.example": (wrong_charset, [], 3),
    "slow-header.example": (never_ending_header, ["too slow", "timed out"], 0),
    "slow-body.example": (dripping_body, ["too slow", "timed out"], 0),
    "silent.example": (silent, ["too slow", "timed out"], 0),
    "masto-page.example": (html, ["JSON"], 0),
    "masto-error.example": (says(json.dumps({"error": "Record not found"}).encode(), "application/json"), ["Record not found", "error"], 0),
}


class HostileServer:
    def __init__(self, address, port):
        self.sent = dict.fromkeys(HOSTS, 0)
        self.healed = False
        self.listener = socket.create_server((address, port), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            try:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    more = connection.recv(4096)
                    if not more:
                        return
                    asked += more
                lines = asked.decode("latin-1").split("\r\n")
                host = next(line[5:].strip() for line in lines if line.lower().startswith("host:"))
                if self.healed:
                    known = any(line.lower() == f"if-none-match: {ETAG}" for line in lines)
                    connection.sendall(f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\nConnection: close\r\n\r\n".encode()
                                       if known else answer(feed(host)))
                else:
                    HOSTS[host][0](connection, self, host)
            except OSError:
                pass  # they left
