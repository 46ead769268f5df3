"""The only way out of a page: none. Templates name no files, and workbook text must not fetch any."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Refuses every address that is not among `assets`, and keeps the list of what was refused.

    `assets` maps an exact address to (bytes, MIME type); bytes are loaded beforehand.
    """

    def __init__(self, assets: dict[str, tuple[bytes, str]] | None = None) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=False)
        self.assets = assets or {}
        self.denied: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        try:
            data, mime = self.assets[url]
        except KeyError:
            self.denied.append(url[:200])
            raise ValueError("blocked") from None
        return URLFetcherResponse(url, data, {"Content-Type": mime})
