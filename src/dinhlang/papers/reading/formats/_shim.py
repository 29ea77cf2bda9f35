try:
    from dinhlang.vietnamese import convert_legacy, decode, fold
except ImportError:
    from dinhlang.vietnamese.unicode import fold

    def decode(data: bytes) -> tuple[str, str]:
        for e in (("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ()) + ("utf-8-sig",):
            try:
                return data.decode(e), e
            except UnicodeError:
                pass
        return data.decode("latin-1"), "latin-1"

    def convert_legacy(text: str, encoding: str) -> str:
        return text
