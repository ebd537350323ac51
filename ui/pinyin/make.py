#!/usr/bin/env python3
"""Makes syllables.tsv, the table of the pinyin keyboard, anew from where it comes from:

    apt-get download rime-data-pinyin-simp && dpkg -x rime-data-pinyin-simp_*.deb rime
    pip install Faker==40.63.0
    ./make.py rime/usr/share/rime-data/pinyin_simp.dict.yaml > syllables.tsv

Characters and how often each is read so: pinyin_simp.dict.yaml of rime-pinyin-simp, derived from the Android Pinyin
IME (Apache-2.0). The order of surnames: the Chinese people of Faker (MIT), who has it from Wikipedia's list.
"""

import collections
import sys

from faker.providers.person.zh_CN import Provider

HEAD = """\
# The characters of each syllable of pinyin (ü is v), the frequent ones before the rare ones; behind them those that
# are common surnames when read so, likewise. Only characters that the kiosk's fonts have: those of GB 2312.
# From rime-pinyin-simp, derived from the Android Pinyin IME (Apache-2.0, see LICENSE; as of Debian's package
# rime-data-pinyin-simp 0.0~git20230104.52b9c75-1); the order of surnames from Faker 40.63.0 (MIT).
# Made by make.py, which says how to make it again."""

# As many stand before the rest where a name begins.
SURNAMES = 200
# Read as surnames they are not what they are elsewhere.
READ_AS_SURNAMES = {"曾": "zeng", "俞": "yu", "单": "shan", "解": "xie", "缪": "miao"}
# On identity cards these stand for 萧 and 阎, which the list counts them with; most people have the simpler one.
WRITTEN_OTHERWISE = {"萧": ["肖", "萧"], "阎": ["闫", "阎"]}
# Sounds, not syllables: a composition must not be cut into them.
SOUNDS = {"n", "ng", "m", "hm"}


def is_drawn(character):
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def main():
    counts = collections.defaultdict(dict)
    with open(sys.argv[1], encoding="utf-8") as dictionary:
        for line in dictionary:
            entry = line.rstrip("\n").split("\t")
            if len(entry) == 3 and len(entry[0]) == 1 and is_drawn(entry[0]) and entry[1] not in SOUNDS:
                counts[entry[1]][entry[0]] = int(entry[2])
    readings = collections.defaultdict(dict)
    for syllable, characters in counts.items():
        for character, count in characters.items():
            readings[character][syllable] = count

    surnames = collections.defaultdict(str)
    single = [name for name in Provider.last_names if len(name) == 1][:SURNAMES]
    for name in (written for listed in single for written in WRITTEN_OTHERWISE.get(listed, [listed])):
        syllable = READ_AS_SURNAMES.get(name) or max(readings[name], key=readings[name].get)
        if name not in surnames[syllable]:
            surnames[syllable] += name

    print(HEAD)
    for syllable, characters in sorted(counts.items()):
        # Of two that are as frequent the one that GB 2312 has first.
        often = sorted(characters, key=lambda c: (-characters[c], c.encode("gb2312")))
        print("\t".join(filter(None, [syllable, "".join(often), surnames.get(syllable)])))


main()
