// What makes the page easier where scripts run; without them it does the same.
(function () {
  "use strict";
  var form = document.getElementById("granska");
  var place = document.getElementById("slapp");
  var file = document.getElementById("arbetsbok");
  var button = form.querySelector("button[type=submit]");
  var status = form.querySelector(".vantan");
  var label = button.textContent;
  document.documentElement.classList.add("skript");

  function chosen() {
    place.classList.toggle("vald", file.files.length > 0);
    place.classList.remove("felaktig");
    status.textContent = "";
    var list = document.getElementById("valda");
    list.textContent = "";
    Array.prototype.forEach.call(file.files, function (one) {
      var line = document.createElement("li");
      line.textContent = one.name;
      list.appendChild(line);
    });
  }

  function size() {
    var sum = 0;
    form.querySelectorAll("input[type=file]").forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (one) { sum += one.size; });
    });
    return sum;
  }

  ["dragenter", "dragover"].forEach(function (kind) {
    place.addEventListener(kind, function (event) {
      event.preventDefault();
      place.classList.add("over");
    });
  });
  ["dragleave", "drop"].forEach(function (kind) {
    place.addEventListener(kind, function () { place.classList.remove("over"); });
  });
  place.addEventListener("drop", function (event) {
    event.preventDefault();
    if (event.dataTransfer.files.length) {
      file.files = event.dataTransfer.files;
      chosen();
    }
  });
  // A file that misses its place must not replace the page.
  ["dragover", "drop"].forEach(function (kind) {
    window.addEventListener(kind, function (event) {
      if (!event.target.closest || !event.target.closest("input[type=file]")) { event.preventDefault(); }
    });
  });
  file.addEventListener("change", chosen);
  chosen();

  form.addEventListener("submit", function (event) {
    if (!file.files.length) {
      event.preventDefault();
      status.textContent = "Välj den ifyllda arbetsboken först.";
      file.focus();
      return;
    }
    if (size() > Number(form.dataset.max)) {
      event.preventDefault();
      status.textContent = form.dataset.forStor;
      return;
    }
    button.disabled = true;
    button.textContent = button.dataset.vantar;
    status.textContent = "Det tar oftast någon sekund.";
  });
  // The browser may show the page again as it was left, with the button still waiting.
  window.addEventListener("pageshow", function () {
    button.disabled = false;
    button.textContent = label;
    chosen();
  });
})();
