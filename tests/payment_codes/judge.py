"""Payment codes before programs that others wrote.

Reads from standard input a list of codes, each with the fields of its payee, its amount and reference, its text, and the rows
of its picture; or pictures of the glass, each with the text of the code on it. Writes what it has judged, a line each. Whatever
does not agree ends it.
"""

import json
import sys
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import iso4217
import zxingcpp
from PIL import Image
from pixcanvas import validate_pix
from qrbill import QRBill
from segno import helpers
from stdnum import iban, iso11649
from stdnum.ch import esr


def same(what, ours, theirs):
    assert ours == theirs, f"{what}:\n{ours!r}\nis not\n{theirs!r}"


def picture(rows, module=4, quiet=4):
    side = len(rows)
    image = Image.new("L", (side, side))
    image.putdata([0 if dark == "1" else 255 for row in rows for dark in row])
    framed = Image.new("L", (side + 2 * quiet, side + 2 * quiet), 255)
    framed.paste(image, (quiet, quiet))
    return framed.resize((framed.width * module, framed.height * module), Image.Resampling.NEAREST)


def read_from_the_picture(code):
    found = zxingcpp.read_barcodes(picture(code["rows"]), formats=zxingcpp.BarcodeFormat.QRCode)
    same("codes in the picture", len(found), 1)
    same("bytes in the picture", bytes(found[0].bytes), code["text"].encode())
    same("error correction", found[0].ec_level, "M")


def epc(code):
    fields, text = code["fields"], code["text"]
    assert len(text.encode()) <= 331 and len(code["rows"]) <= 69
    lines = text.split("\n")
    assert iban.is_valid(lines[6]) and iso11649.is_valid(lines[9])
    theirs = helpers._make_epc_qr_data(
        name=fields["name"], iban=lines[6], amount=Decimal(code["amount"]), reference=lines[9],
        bic=fields.get("bic"), purpose=fields.get("purpose"), encoding=1,
    ).decode().split("\n")
    # segno leaves zeros behind the point out, which the guidelines allow as well, and knows no information.
    same("amount", Decimal(lines[7][3:]), Decimal(theirs[7][3:]))
    same("currency", lines[7][:3], theirs[7][:3])
    lines[7] = theirs[7]
    if "information" in fields:
        same("last lines", lines[10:], ["", fields["information"]])
        lines = lines[:10]
    same("lines", lines, theirs)


def swiss(code):
    fields = code["fields"]
    reference = code["text"].split("\n")[28]
    assert esr.is_valid(reference) or iso11649.is_valid(reference)
    bill = QRBill(
        account=fields["iban"],
        creditor={
            "name": fields["name"], "street": fields.get("street", ""), "house_num": fields.get("building", ""),
            "pcode": fields["postcode"], "city": fields["town"], "country": fields["country"],
        },
        amount=code["amount"], currency=code["currency"], reference_number=reference,
        additional_information=fields.get("information", ""),
    )
    # The guidelines allow both ends of lines.
    same("lines", code["text"], bill.qr_data().replace("\r\n", "\n"))


def upi(code):
    fields = code["fields"]
    link = urlsplit(code["text"])
    same("scheme and place", (link.scheme, link.netloc), ("upi", "pay"))
    expected = {
        "pa": fields["address"], "pn": fields["name"], "mc": fields.get("merchant_category"),
        "tr": code["reference"], "tn": fields.get("note"), "am": code["amount"], "cu": "INR",
    }
    expected = [(name, value) for name, value in expected.items() if value is not None]
    same("parameters", parse_qsl(link.query, strict_parsing=True), expected)


def pix(code):
    fields = code["fields"]
    judged = validate_pix(code["text"])
    assert judged.is_valid and not judged.warnings, (judged.errors, judged.warnings)
    read = judged.pix
    same("key", read.pix_key, fields["key"])
    # pixcanvas answers them in capitals; as they stand there:
    name, city = fields["name"], fields["city"]
    same("name and city", (read.merchant_name, read.merchant_city), (name.upper(), city.upper()))
    assert f"59{len(name):02}{name}60{len(city):02}{city}62" in code["text"], code["text"]
    same("amount", read.amount, Decimal(code["amount"]))
    same("txid", read.txid, code["reference"])
    same("information", read.description, fields.get("information"))


def currencies(listed):
    theirs = {c.code: [c.number, c.exponent] for c in iso4217.Currency if c.exponent is not None}
    same("currencies", listed, theirs)


def swiss_cross():
    """Points of the mark in millimetres of a code of 46 mm, from its middle, and whether they are dark: a white border of half
    a millimetre around a black square of 6 mm, and in that a white cross, 35/9 mm long and 7/6 mm wide."""
    ring = [step / 4 for step in range(-13, 14)]
    points = [(at, edge, False) for at in ring for edge in (-3.25, 3.25)]
    points += [(edge, at, False) for at in ring for edge in (-3.25, 3.25)]
    points += [(x, y, True) for x in (-2.7, 2.7) for y in (-2.7, -1, 0, 1, 2.7)]
    points += [(x, y, True) for x in (-1, 0, 1) for y in (-2.7, 2.7)]
    points += [(x, y, True) for x in (-1.7, -0.9, 0.9, 1.7) for y in (-1.7, -0.9, 0.9, 1.7)]
    points += [(along, across, False) for along in (-1.7, -0.8, 0, 0.8, 1.7) for across in (-0.35, 0, 0.35)]
    points += [(across, along, False) for along in (-1.7, -0.8, 0, 0.8, 1.7) for across in (-0.35, 0, 0.35)]
    return points


def on_the_glass(code):
    picture = Image.open(code["picture"]).convert("L")
    # As a banking app looks for it: among all kinds of code the reader now and then takes a few modules for a bar code.
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    same("codes on the glass", len(found), 1)
    same("bytes on the glass", bytes(found[0].bytes), code["text"].encode())
    same("error correction", found[0].ec_level, "M")
    place = found[0].position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    # All dark pixels of the code; the corners are those of the reader, give or take a pixel.
    left, right = min(c.x for c in corners) - 3, max(c.x for c in corners) + 4
    top, bottom = min(c.y for c in corners) - 3, max(c.y for c in corners) + 4
    dark = picture.crop((left, top, right, bottom)).point(lambda grey: 255 if grey < 128 else 0).getbbox()
    side = dark[2] - dark[0]
    assert abs(side - (dark[3] - dark[1])) <= 1, f"not a square: {dark}"
    assert side / code["pixels_in_a_mm"] >= 46, f"the code is {side / code['pixels_in_a_mm']:.1f} mm wide"
    middle = (left + (dark[0] + dark[2]) / 2, top + (dark[1] + dark[3]) / 2)
    wrong = [
        (x, y) for x, y, dark in swiss_cross()
        if (picture.getpixel((int(middle[0] + x * side / 46), int(middle[1] + y * side / 46))) < 128) != dark
    ]
    if code["cross"]:
        assert not wrong, f"of the cross, these points are not as they should be: {wrong}"
    else:
        assert len(wrong) > 20, "there is a cross"


given = json.load(sys.stdin)
if "currencies" in given:
    currencies(given["currencies"])
for code in given.get("glass", []):
    on_the_glass(code)
    print(code["scheme"])
for code in given.get("codes", []):
    read_from_the_picture(code)
    {"epc": epc, "swiss": swiss, "upi": upi, "pix": pix}[code["scheme"]](code)
    print(code["scheme"])
