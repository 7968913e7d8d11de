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
      line.textContent = one.name + " ";
      if (file.files.length > 1) { line.appendChild(remover(one)); }
      list.appendChild(line);
    });
  }

  function remover(one) {
    var remove = document.createElement("button");
    remove.type = "button";
    remove.className = "lank";
    remove.textContent = "Ta bort";
    remove.setAttribute("aria-label", "Ta bort " + one.name);
    remove.addEventListener("click", function () {
      file.files = together(file.files, [], one);
      chosen();
      file.focus();
    });
    return remove;
  }

  // Files that are dropped are added to those chosen before; one with the same name takes the earlier one's place.
  function together(before, added, without) {
    var all = new DataTransfer();
    var names = Array.prototype.map.call(added, function (one) { return one.name; });
    Array.prototype.forEach.call(before, function (one) {
      if (one !== without && names.indexOf(one.name) < 0) { all.items.add(one); }
    });
    Array.prototype.forEach.call(added, function (one) { all.items.add(one); });
    return all.files;
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
    var dropped = parted(event.dataTransfer);
    if (dropped.files.length) {
      file.files = together(file.files, dropped.files, null);
      chosen();
    }
    if (dropped.folders.length) {
      status.textContent = "Mappen " + dropped.folders.join(", ") + " togs inte med. Öppna mappen, markera arbetsböckerna i den och dra dem hit.";
    }
  });

  // A browser shows a folder among the files, but a page from disk cannot read it, and a form that holds it is not sent.
  function parted(transfer) {
    var folders = Array.prototype.map.call(transfer.items, function (item) {
      return item.webkitGetAsEntry ? item.webkitGetAsEntry() : null;
    }).filter(function (entry) { return entry && entry.isDirectory; }).map(function (entry) { return entry.name; });
    return {
      folders: folders,
      files: Array.prototype.filter.call(transfer.files, function (one) { return folders.indexOf(one.name) < 0; }),
    };
  }

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
