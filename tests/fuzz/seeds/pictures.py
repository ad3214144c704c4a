"""Pictures made byte by byte, with the metadata that editors embed."""
import struct
import zlib


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
    "jpeg_xmp_rebound": jpeg(segments=xmp("<dc:description xmlns:dc='urn:evil'>a lie</dc:description>")),
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

LINE = "Підписання угоди <в> Зеленограді & 🇺🇦\n".encode()
XMP_FORMS = ('<dc:subject><rdf:Bag><rdf:li>bridge</rdf:li></rdf:Bag></dc:subject><dc:creator>plain</dc:creator>'
             "<photoshop:Instructions>Mandatory credit</photoshop:Instructions>")
WRITTEN = {name: LINE + PICTURES[name] for name in (
    "jpeg", "jpeg_iptc", "jpeg_iptc_latin1", "jpeg_xmp", "jpeg_exif", "jpeg_all", "jpeg_cut", "jpeg_header_only",
    "jpeg_exif_loop", "jpeg_exif_far", "jpeg_xmp_bad", "jpeg_iptc_length", "jpeg_xmp_bomb", "png_rgb", "png_text", "png_cut", "webp",
    "gif", "empty")}
WRITTEN |= {
    "jpeg_xmp_forms": LINE + jpeg(segments=xmp(XMP_FORMS)),
    "jpeg_xmp_wide": LINE + jpeg(segments=segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + "<r xmlns='urn:r'/>".encode("utf-16"))),
    "jpeg_long_words": b"a" * 3000 + b"\n" + jpeg(segments=iptc((2, 40, b"terms"), (2, 25, b"x" * 70))),
    "jpeg_control_words": b"\x01\x1b]\xff\xef\xbf\xbf\n" + jpeg(),
    "jpeg_fill_bytes": LINE + jpeg(segments=b"\xff\xff" + segment(0xFE, b"note") + b"junk"),
    "png_exif": LINE + png(8, 8, more=chunk(b"eXIf", exif(b"old words here\0")[10:])),
    "png_xmp": LINE + png(8, 8, more=chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(XMP_FORMS)[33:])),
}



def row(numbers, sure, text):
    return "\t".join(["5", "1", *numbers.split(), "1", "40", "40", "80", "30", sure, text]) + "\n"


HEAD = ("level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "1\t1\t0\t0\t0\t0\t0\t0\t638\t168\t-1\t\n")
WORDS = {
    "usual": HEAD + row("1 1 1", "96.657936", "The") + row("1 1 1", "90", "market") + row("1 1 2", "71.2", "opens"),
    "paragraphs": HEAD + row("1 1 1", "96", "One") + row("1 2 1", "96", "Two") + row("2 1 1", "96", "Three"),
    "unsure": HEAD + row("1 1 1", "12", "rn") + row("1 1 1", "-1", "x") + row("1 1 1", "1e9", "y") + row("1 1 1", "nan", "z"),
    "specks": HEAD + row("1 1 1", "96", "|") + row("1 1 2", "96", "—"),
    "scripts": HEAD + row("1 1 1", "96", "Ринок") + row("1 1 1", "96", "市場") + row("1 1 2", "96", "سوق"),
    "bad_utf8": HEAD.encode() + b"5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\tTh\xe9\xe2tre\n",
    "marks": HEAD + row("1 1 1", "96", "a\u202eb") + row("1 1 1", "96", "\0\x1b[2J"),
    "long_word": HEAD + row("1 1 1", "96", "a" * 5000),
    "many": HEAD + row("1 1 1", "96", "Ринок") * 300,
    "short": "5\t1\t1\t1\t1\t1\t1\t1\t1\t1\t99",
    "cut": (HEAD + row("1 1 1", "96", "The"))[:-9],
    "tabs": "\t" * 500 + "\n" + "5" + "\t" * 11 + "word\n",
    "crlf": (HEAD + row("1 1 1", "96", "The")).replace("\n", "\r\n"),
    "empty": "",
}

RDF = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
DC = "xmlns:dc='http://purl.org/dc/elements/1.1/'"


def packet(inside, description=DC):
    return (f"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF {RDF}>"
            f"<rdf:Description rdf:about='' {description}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>")


ALTERNATIVES = ("<dc:description><rdf:Alt><rdf:li xml:lang='de'>Die Brücke</rdf:li>"
                "<rdf:li xml:lang='x-default'>The bridge</rdf:li></rdf:Alt></dc:description>")
XMP = {
    "plain": packet("<dc:description>The bridge</dc:description>"),
    "alternatives": packet(ALTERNATIVES),
    "list": packet("<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>"),
    "attribute": packet("", DC + " dc:description='The bridge'"),
    "rebound": packet("<dc:description>a lie</dc:description>", "xmlns:dc='urn:evil'"),
    "other_prefix": packet("<d:description>The bridge</d:description>", DC.replace("xmlns:dc", "xmlns:d")),
    "undeclared": packet("<dc:description>x</dc:description>", ""),
    "qualified": packet("<dc:creator><rdf:Bag><rdf:li rdf:parseType='Resource'><rdf:value>Ada</rdf:value></rdf:li></rdf:Bag></dc:creator>"),
    "document_type": "<!DOCTYPE x [<!ENTITY a 'b'>]>" + packet("<dc:description>&a;</dc:description>"),
    "wide": packet(ALTERNATIVES).encode("utf-16"),
    "code_page": packet("<dc:description>Théâtre</dc:description>").encode("latin-1"),
    "control": packet("<dc:description>a\x01b</dc:description>"),
    "deep": packet("<dc:description>" + "<rdf:Description>" * 300 + "x"),
    "many_languages": packet("<dc:description><rdf:Alt>" + "".join(
        f"<rdf:li xml:lang='x-{i}'>{i}</rdf:li>" for i in range(40)) + "</rdf:Alt></dc:description>"),
    "many_namespaces": packet("", " ".join(f"xmlns:n{i}='urn:{i}'" for i in range(60))),
    "cut": packet(ALTERNATIVES)[:200],
    "no_packet": "no packet",
    "empty": "",
}

SEEDS = {
    "xmp": XMP,
    "read_words": WORDS,
    "picture": PICTURES,
    "picture_write": WRITTEN,
}
