"""Administration: how it stands with backups, one more now, and taking one away."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.people.access import Action, require
from dinhlang.people.models import User

from . import selectors, services


def _administrator(request: HttpRequest) -> User:
    """Who asks. Raises ``AccessDenied`` for all but administrators of everything."""
    assert isinstance(request.user, User)
    require(request.user, Action.MANAGE, None)
    return request.user


@require_safe
@never_cache
def backups(request: HttpRequest) -> HttpResponse:
    """The state in words, and the archives there are."""
    _administrator(request)
    found = selectors.archives()
    context = {
        "place": "admin",
        "tab": "backup",
        "status": selectors.status(timezone.now(), found),
        "archives": found,
    }
    return render(request, "quan-tri/sao-luu.html", context)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Queue a backup; a second click while one is being made queues no other."""
    by = _administrator(request)
    services.ask(by)
    messages.success(request, "Đang sao lưu. Bản mới hiện ra ở đây khi xong.")
    return redirect("backup:backups")


@require_safe
@never_cache
def download(request: HttpRequest, name: str) -> FileResponse:
    """An archive to keep elsewhere."""
    by = _administrator(request)
    path = selectors.archive_path(name)
    if path is None:
        raise Http404
    services.note_download(by, name)
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
