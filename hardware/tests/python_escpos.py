"""Other people's code beside ours.

python_escpos.py encode <out.bin>    the sample ticket, as python-escpos encodes it
python_escpos.py read <ticket.png>…  what zxing-cpp reads from the picture of a ticket, a line each
python_escpos.py pages               the upper half of each code page, as Python knows it
"""

import sys

LINES = ["Riverside Clinic", "Your number: A042", "Señor Núñez, ¡pase por favor! 5 €"]
PAYLOAD = "https://clinic.example/q/7F3K-9Q2M"


def encode(path):
    from escpos.printer import Dummy

    printer = Dummy(profile="TM-T88V")
    printer.charcode("CP1252")
    for line in LINES:
        printer.textln(line)
    printer.qr(PAYLOAD, native=True, size=6, ec=1)
    printer.cut()
    with open(path, "wb") as file:
        file.write(printer.output)


def read(paths):
    import zxingcpp
    from PIL import Image

    for path in paths:
        codes = zxingcpp.read_barcodes(Image.open(path))
        print("\t".join(code.text for code in codes))


def pages():
    for name in ("cp437", "cp858", "cp1252"):
        upper = (bytes([byte]).decode(name, errors="replace") for byte in range(0x80, 0x100))
        print(name, *(f"{ord(letter):X}" for letter in upper))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["encode", path]:
            encode(path)
        case ["read", *paths]:
            read(paths)
        case ["pages"]:
            pages()
        case _:
            sys.exit(__doc__)
