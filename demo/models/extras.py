"""Object types that say something about others: tags, custom fields, journal, change log, users."""

from demo.model import (
    BARE_ID,
    By,
    Choice,
    Computed,
    Constant,
    Flag,
    Generic,
    Json,
    Model,
    Number,
    Ref,
    Text,
    Time,
    brief,
)
from demo.models.shared import COMMENTS, CREATED, DESCRIPTION, END, LIST, NULL, ORGANISED, OWNER, UPDATED

_TYPES = {"type": "array", "items": {"type": "string"}}
_DATA = {"nullable": True}

TAG = Model(
    type="extras.tag",
    path="extras/tags",
    label="Tag",
    fields=(
        Text("name"),
        Text("slug"),
        Text("color"),
        DESCRIPTION,
        Number("weight"),
        Json("object_types", blank=(), schema=_TYPES),
        Computed("tagged_items", {"type": "integer"}),
        CREATED,
        UPDATED,
    ),
    brief=brief("name", "slug", "color", "description"),
    order=("t.weight", "natural_order(t.name)"),
    search=ORGANISED,
)

CHOICE_SET = Model(
    type="extras.customfieldchoiceset",
    path="extras/custom-field-choice-sets",
    label="CustomFieldChoiceSet",
    fields=(
        Text("name"),
        DESCRIPTION,
        Constant("base_choices", schema=NULL),
        Json("extra_choices", blank=(), schema=LIST),
        Constant("choice_colors", {}, {"type": "object"}),
        Flag("order_alphabetically"),
        Computed("choices_count", {"type": "integer"}),
        OWNER,
        CREATED,
        UPDATED,
    ),
    brief=brief("name", "description", "choices_count"),
)

CUSTOM_FIELD = Model(
    type="extras.customfield",
    path="extras/custom-fields",
    label="CustomField",
    fields=(
        Json("object_types", blank=(), schema=_TYPES),
        Choice("type", nullable=False),
        Constant("related_object_type", schema={"type": "string", "nullable": True}),
        Computed("data_type", {"type": "string"}),
        Text("name"),
        Text("label"),
        Text("group_name"),
        DESCRIPTION,
        Flag("required"),
        Flag("unique"),
        Number("search_weight"),
        Choice("filter_logic", filter="one", nullable=False),
        Choice("ui_visible", filter="one", nullable=False),
        Choice("ui_editable", filter="one", nullable=False),
        Flag("is_cloneable"),
        Flag("nulls_first"),
        Constant("default", schema=_DATA),
        Constant("related_object_filter", schema=_DATA),
        Number("weight"),
        Number("validation_minimum", decimal=True),
        Number("validation_maximum", decimal=True),
        Text("validation_regex"),
        Constant("validation_schema", schema=_DATA),
        Ref("choice_set", to="extras.customfieldchoiceset"),
        Choice("status", filter="one", nullable=False),
        OWNER,
        COMMENTS,
        CREATED,
        UPDATED,
    ),
    brief=brief("name", "description"),
    display="COALESCE(NULLIF(t.label, ''),"
    " replace(upper(substr(t.name, 1, 1)) || substr(t.name, 2), '_', ' '))",
    order=("t.group_name", "t.weight", "natural_order(t.name)"),
    search=("name", "label", "group_name", "description", "comments"),
    by=(By("choice_set", key="name"),),
)

USER = Model(
    type="users.user",
    path="users/users",
    label="User",
    fields=(
        Text("username"),
        Text("first_name"),
        Text("last_name"),
        Text("email"),
        Flag("is_active"),
        Time("date_joined"),
        Time("last_login"),
        Constant("groups", (), LIST),
        Constant("permissions", (), LIST),
    ),
    brief=brief("username"),
    display="t.username",
    order=("t.username",),
    search=("username", "first_name", "last_name", "email"),
)

JOURNAL_ENTRY = Model(
    type="extras.journalentry",
    path="extras/journal-entries",
    label="JournalEntry",
    fields=(
        Generic("assigned_object", stem="assigned_object"),
        Time("created", filtered=False),
        Ref("created_by", to="users.user", shape=BARE_ID),
        Choice("kind", nullable=False),
        COMMENTS,
        *END[:2],
        UPDATED,
    ),
    brief=brief("created"),
    # The server's own time zone and format of a moment.
    display="substr(t.created, 1, 10) || ' ' || substr(t.created, 12, 5)"
    " || ' (' || choice_label('JournalEntry.kind', t.kind) || ')'",
    order=("t.created DESC",),
    search=("comments",),
    by=(By("created_by", key="username"),),
)

OBJECT_CHANGE = Model(
    type="core.objectchange",
    path="core/object-changes",
    label="ObjectChange",
    fields=(
        Time("time", filtered=False),
        Ref("user", to="users.user"),
        Text("user_name"),
        Text("request_id", exact=None),
        Choice("action", filter="one", nullable=False),
        Generic("changed_object", stem="changed_object"),
        Text("object_repr"),
        Text("message", exact=None),
        Json("prechange_data", schema=_DATA),
        Json("postchange_data", schema=_DATA),
    ),
    hidden=(Text("related_object_type", exact=None), Number("related_object_id")),
    # It has no brief form.
    brief=(),
    display="""
    type_in_words(t.changed_object_type) || ' ' || t.object_repr || ' '
    || lower(choice_label('ObjectChange.action', t.action)) || ' by ' || t.user_name
    """,
    order=("t.time DESC", "t.id DESC"),
    search=("user_name", "object_repr", "message"),
    by=(By("user", key="username"),),
)

MODELS = (TAG, CHOICE_SET, CUSTOM_FIELD, USER, JOURNAL_ENTRY, OBJECT_CHANGE)
