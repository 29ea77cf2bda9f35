"""Addresses of one task."""

from django.urls import URLPattern, path

from .views import task, task_parts, task_states, wording

urlpatterns: list[URLPattern] = [
    path("viec/<int:pk>", task.task, name="task"),
    path("viec/<int:pk>/muc/<slug:slug>", task.part, name="task-part"),
    path("viec/<int:pk>/viec-khac", task.others, name="task-others"),
    path("viec/<int:pk>/sua", task.change, name="task-change"),
    path("viec/<int:pk>/chon", task.settle, name="task-settle"),
    path("viec/<int:pk>/theo-nguon", task.as_source, name="task-as-source"),
    path("viec/hoan-tac/<int:note>", task.undo, name="task-undo"),
    path("viec/<int:pk>/bao", task_states.tell, name="task-tell"),
    path("viec/<int:pk>/nghiem-thu", task_states.accept, name="task-accept"),
    path("viec/<int:pk>/tra-lai", task_states.send_back, name="task-send-back"),
    path("viec/<int:pk>/chia-nho", task_parts.break_down, name="task-break-down"),
    path("viec/<int:pk>/gan-tieu-chi", wording.link, name="task-link"),
    path("viec/<int:pk>/chia-tieu-chi", task_parts.split, name="task-split"),
    path("viec/<int:pk>/ghep-lai", task_parts.put_together, name="task-put-together"),
    path("viec/<int:pk>/xoa", task_parts.remove, name="task-remove"),
    path("viec/<int:pk>/khoi-phuc", task_parts.restore, name="task-restore"),
    path("cong-viec/<int:place>/them", task_parts.add, name="add"),
    path("cong-viec/<int:place>/da-xoa", task_parts.removed, name="removed"),
]
