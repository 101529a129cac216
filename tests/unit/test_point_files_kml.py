"""KML files of points: the tree stays, and nothing outside the file is read."""

import math
import xml.etree.ElementTree as ET

import pytest

from borderviz.point_files import Options, PointFileError, opened

ADDED = {"km": float, "side": str}
SPACE = "http://www.opengis.net/kml/2.2"
K = {"k": SPACE}
POINT = "<Point><coordinates>127.25,37.5,0</coordinates></Point>"


def document(*placemarks, root=f'<kml xmlns="{SPACE}">'):
    inside = "".join(f"<Placemark>{inner}</Placemark>" for inner in placemarks)
    return f'<?xml version="1.0"?>{root}<Document>{inside}</Document></kml>'


def data(name, value):
    inner = f'<Data name="{name}"><value>{value}</value></Data>'
    return f"<ExtendedData>{inner}</ExtendedData>"


@pytest.fixture
def read(tmp_path):
    """Write a text or bytes to a file, and open it."""

    def run(content, **options):
        path = tmp_path / "posts.kml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return opened(path, Options(**{"added": ADDED, **options}))

    return run


@pytest.fixture
def written(tmp_path, read):
    """Open a file, write it with two values more, and return the text."""

    def run(content):
        file = read(content)
        out = tmp_path / "out.kml"
        file.write(out, [(1.5, "KP")] + [(None, None)] * (len(file.rows) - 1))
        return out.read_text("utf-8")

    return run


RICH = f"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="{SPACE}" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document id="d"><!-- a comment --><?keep this?>
<Style id="s"><IconStyle><scale>1.1</scale></IconStyle></Style>
<Folder><name>판문점 &amp; more</name>
<Placemark id="p"><name>A</name><description><![CDATA[<b>bold</b>]]></description>
<styleUrl>#s</styleUrl><gx:balloonVisibility>1</gx:balloonVisibility>{POINT}
</Placemark></Folder>
<Placemark><name>B</name>{data("old", "1")}{POINT}</Placemark>
</Document></kml>"""


def test_the_tree_stays_and_gets_data(written):
    text = written(RICH)
    assert "<!-- a comment -->" in text
    assert "<?keep this?>" in text
    assert f'xmlns="{SPACE}"' in text
    assert "<gx:balloonVisibility>1</gx:balloonVisibility>" in text
    before, after = ET.fromstring(RICH), ET.fromstring(text)
    one, other = after.findall(".//k:Placemark", K)
    # Where the schema wants it: before the geometry.
    assert [child.tag.rpartition("}")[2] for child in one][-2:] == [
        "ExtendedData",
        "Point",
    ]
    pairs = [
        [
            (d.get("name"), d.findtext("k:value", namespaces=K))
            for d in p.iter(f"{{{SPACE}}}Data")
        ]
        for p in (one, other)
    ]
    assert pairs == [
        [("km", "1.500"), ("side", "KP")],
        [("old", "1"), ("km", ""), ("side", "")],
    ]
    one.remove(one.find("k:ExtendedData", K))
    extended = other.find("k:ExtendedData", K)
    for added in extended[1:]:
        extended.remove(added)
    assert ET.canonicalize(ET.tostring(after)) == ET.canonicalize(ET.tostring(before))


@pytest.mark.parametrize(
    "root", ["<kml>", '<kml xmlns="http://earth.google.com/kml/2.0">']
)
def test_older_kml_is_read_and_stays_what_it_is(written, root):
    text = written(document(POINT, root=root))
    assert root.rstrip(">") in text
    space = ET.fromstring(text).tag.removesuffix("kml")
    (km, _) = ET.fromstring(text).iter(f"{space}Data")
    assert km.findtext(f"{space}value") == "1.500"


def test_kml_with_a_prefix_is_read(written):
    text = document(POINT).replace("<", "<k:").replace("<k:/", "</k:")
    text = text.replace("<k:?", "<?").replace("xmlns=", "xmlns:k=")
    root = ET.fromstring(written(text))
    assert [d.get("name") for d in root.iter(f"{{{SPACE}}}Data")] == ["km", "side"]


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("", "geometry: found nothing"),
        ("<LineString><coordinates>1,2 3,4</coordinates></LineString>", "LineString"),
        (f"<MultiGeometry>{POINT}{POINT}</MultiGeometry>", "Point, Point"),
        ("<MultiGeometry/>", "geometry: found nothing"),
        ("<Point/>", "coordinates: found ''"),
        ("<Point><coordinates/></Point>", "coordinates: found ''"),
        (POINT.replace(",0", " 127.3,37.6"), "coordinates: found '127.25,37.5 1"),
        (POINT.replace("127.25", "east"), "longitude: found 'east'"),
        (POINT.replace("127.25,37.5", "37.5,127.25"), "look swapped"),
        (data("uncertainty_km", "-1") + POINT, "uncertainty: found -1.0"),
        (data("uncertainty_km", "far") + POINT, "uncertainty_km: found 'far'"),
    ],
)
def test_a_bad_placemark_is_told_and_kept(read, tmp_path, inner, words):
    file = read(document(POINT, inner, POINT))
    (problem,) = file.rows.problems
    assert problem.record == "Placemark 2"
    assert words in str(problem)
    assert [math.isnan(lon) for lon in file.rows.lons] == [False, True, False]
    file.write(tmp_path / "out.kml", [(1.0, "a"), (None, None), (2.0, "b")])
    root = ET.parse(tmp_path / "out.kml").getroot()
    assert len(root.findall(".//k:Placemark", K)) == 3


def test_a_point_alone_in_a_multigeometry_counts(read):
    inner = "<MultiGeometry>\n" + POINT.replace("127", "\n 127") + "</MultiGeometry>"
    file = read(document(inner))
    assert (file.rows.lons[0], file.rows.lats[0]) == (127.25, 37.5)


def test_the_radius_is_data_of_either_kind(read):
    typed = (
        '<ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="r">3</SimpleData>'
        "</SchemaData></ExtendedData>"
    )
    file = read(document(typed + POINT, data("r", "2.5") + POINT), uncertainty="r")
    assert file.rows.radii_km.tolist() == [3, 2.5]


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f"<!DOCTYPE kml [{LAUGHS}]>{document(POINT)[21:]}", "a DTD or an entity"),
        (
            '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
            + document("<name>&x;</name>" + POINT)[21:],
            "a DTD or an entity",
        ),
        (
            '<!DOCTYPE kml SYSTEM "http://192.0.2.1/kml.dtd">' + document(POINT)[21:],
            "a DTD or an entity",
        ),
        ("", "no XML"),
        ("lat,lon\n1,2", "no XML"),
        (document(POINT)[:-20], "no XML"),
        (b"PK\x03\x04", "no XML"),
        ('<?xml version="1.0" encoding="nonsense"?><kml/>', "no XML"),
        (b"<?xml version='1.0' encoding='utf-8'?><kml>\xff", "no XML"),
        ("<gpx><Placemark/></gpx>", "gpx with 1 Placemarks"),
        (document(), "kml with 0 Placemarks"),
        (document(data("side", "KP") + POINT), "side: found taken"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_file_that_cannot_be_used_is_refused(read, content, words):
    with pytest.raises(PointFileError) as refused:
        read(content)
    assert words in str(refused.value)


def test_endless_nesting_is_refused(read, tmp_path):
    deep = 2000
    file = read(
        f"<kml>{'<F>' * deep}<Placemark>{POINT}</Placemark>{'</F>' * deep}</kml>"
    )
    with pytest.raises(PointFileError, match="endless nesting"):
        file.write(tmp_path / "out.kml", [(1.0, "KP")])


def test_a_radius_that_no_placemark_has_is_refused(read):
    with pytest.raises(PointFileError, match="found r; allowed: one of old"):
        read(document(data("old", "1") + POINT), uncertainty="r")
