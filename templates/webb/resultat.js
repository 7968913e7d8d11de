// Keeps the filter when the page is shown anew, and shows that a workbook is being examined.
(function () {
  "use strict";
  document.documentElement.classList.add("skript");

  function chosen(name) {
    var choice = document.querySelector(".filter input[name=" + name + "]:checked");
    return choice && choice.value !== "alla" ? choice.value : "";
  }

  document.querySelectorAll("form[action=ratta], form[action=val]").forEach(function (form) {
    form.addEventListener("submit", function () {
      ["allvar", "flik"].forEach(function (name) {
        if (!chosen(name)) { return; }
        var field = document.createElement("input");
        field.type = "hidden";
        field.name = "visa-" + name;
        field.value = chosen(name);
        form.appendChild(field);
      });
      document.body.setAttribute("aria-busy", "true");
    });
  });
})();
