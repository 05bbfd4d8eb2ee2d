"""Commands put together by chance, from a seed: none may crash, hang, leave something half written, or give orders."""
