"""Whether the process lives, and whether it may be sent requests."""

import os

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from domain.errors import HalfhourError
from services.index import warm_spaces
from store import check_schema
from web.access import Running

router = APIRouter(tags=["health"])


@router.get("/livez")
def live() -> dict[str, str]:
    """Answer that the process runs; nothing is touched."""
    return {"status": "ok"}


@router.get("/readyz", response_model=None)
def ready(request: Request, context: Running) -> JSONResponse:
    """Answer 200 once the database is migrated, the data folder is writable and the spaces equal the store."""
    try:
        check_schema(context.engine)
        warm_spaces(context)
    except HalfhourError as error:
        return JSONResponse({"status": "not ready", "why": str(error)}, status_code=503)
    if not os.access(context.spaces.folder.parent, os.W_OK):
        return JSONResponse({"status": "not ready", "why": "The data folder cannot be written."}, status_code=503)
    return JSONResponse({"status": "ok"})
