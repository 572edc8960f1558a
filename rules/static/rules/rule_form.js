// Shows only what fits together: the fields of the chosen action, the ops of the chosen field. The server checks again.
"use strict";
(() => {
  const show = (element, shown) => { if (element) element.hidden = !shown; };
  const box = (row, name) => row.querySelector(`.fieldBox.field-${name}`) || row.querySelector(`.form-row.field-${name}`);

  const fitAction = (select) => {
    const takes = JSON.parse(select.dataset.takes);
    const row = select.closest(".inline-related");
    const every = new Set(Object.values(takes).flat());
    const wanted = new Set(takes[select.value] || []);
    for (const name of every) {
      const field = box(row, name);
      const input = field && field.querySelector("input, select, textarea");
      const kept = wanted.has(name) || (field && field.querySelector(".errorlist"));
      show(field, kept);
      if (input && !kept && name !== "once_per") input.value = "";
    }
    const line = box(row, "subject") && box(row, "subject").closest(".form-row");
    show(line, wanted.has("subject") || (line && line.querySelector(".errorlist")));
  };

  const fitCondition = (select) => {
    const ops = JSON.parse(select.dataset.ops)[select.value];
    const row = select.closest("tr");
    const header = row.querySelector(".field-header input");
    if (header) {
      header.hidden = select.value !== "header" && !header.value;
    }
    const op = row.querySelector(".field-op select");
    for (const option of op.options) option.disabled = Boolean(ops && option.value && !ops.includes(option.value));
    if (op.selectedOptions[0] && op.selectedOptions[0].disabled) op.value = "";
    fitValue(row);
  };

  const fitValue = (row) => {
    const op = row.querySelector(".field-op select");
    const value = row.querySelector(".field-value input");
    const none = ["exists", "absent"].includes(op.value);
    value.hidden = none && !row.querySelector(".field-value .errorlist");
    if (value.hidden) value.value = "";
  };

  const fit = (root) => {
    root.querySelectorAll("select[data-takes]").forEach(fitAction);
    root.querySelectorAll("select[data-ops]").forEach(fitCondition);
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-takes]")) fitAction(event.target);
    if (event.target.matches("select[data-ops]")) fitCondition(event.target);
    const row = event.target.closest(".field-op") && event.target.closest("tr");
    if (row) fitValue(row);
  });
  document.addEventListener("formset:added", (event) => fit(event.target));
  document.addEventListener("DOMContentLoaded", () => fit(document));
})();
