from collections.abc import Iterator, Sequence
from typing import IO
from xml.etree.ElementTree import Element, ParseError as ParseError

def iterparse(
    source: IO[bytes],
    events: Sequence[str] | None = ...,
    parser: None = ...,
    forbid_dtd: bool = ...,
    forbid_entities: bool = ...,
    forbid_external: bool = ...,
) -> Iterator[tuple[str, Element]]: ...
