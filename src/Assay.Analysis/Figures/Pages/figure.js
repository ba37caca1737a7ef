"use strict";
// Turns the description of figures (Figure.ToJson) into charts of plotly.js.
(() => {
  const symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "circle-open", "square-open", "x-thin-open"];
  const many = 20000, mostLabels = 40, longestLabel = 28, longestName = 36, letter = 8;
  // Numbers as people write them, with a power of ten only where they are very large or very small.
  const digits = ".12~g";

  // In the texts of plotly.js some tags have a meaning; in a name they have none.
  const text = value => String(value).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  // The beginning and the end, by which names differ.
  const short = (value, most) => value.length <= most ? value : value.slice(0, most - 1 - Math.floor(most * 0.4)).trimEnd() + "…" + value.slice(-Math.floor(most * 0.4));
  const number = value => typeof value === "number" ? value : null;
  const shown = value => value === null ? "" : Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6 || value === 0
    ? String(Number(value.toPrecision(6))) : value.toPrecision(5).replace("e+", "e");
  const translucent = (color, alpha) => color + Math.round(alpha * 255).toString(16).padStart(2, "0");

  // The value of an axis as people read it: a name, a time or a number.
  const read = (axis, value) => axis.scale === "Category" ? axis.categories[Math.round(value)] ?? ""
    : axis.scale === "Time" ? new Date(value).toISOString().replace(".000Z", "Z") : value;
  const label = (axis, value) => { const found = read(axis, value); return typeof found === "number" ? shown(found) : text(found); };
  const name = (axis, other) => axis.label || other;

  const axisOf = (axis, page, span, extra) => {
    const ticks = axis.categories.map((_, i) => i).filter(i => i % Math.ceil(axis.categories.length / mostLabels) === 0);
    const type = { Log: "log", Time: "date" }[axis.scale] ?? "linear";
    const longest = page.longest[extra.anchor[0] === "y" ? "x" : "y"];
    const bound = value => value == null ? null : type === "log" ? Math.log10(value) : value;
    return {
      title: { text: text(short(axis.label ?? "", longest)), standoff: 8 }, type, automargin: true, gridcolor: page.grid, linecolor: page.faint, linewidth: 1,
      mirror: true, zeroline: false, ticks: "outside", tickcolor: page.faint,
      ...(type === "linear" && axis.scale !== "Category" ? { tickformat: digits } : {}),
      ...(type === "log" ? { tickformat: "~g", ...(span > 0.7 && longest > 20 * span ? { dtick: "D2" } : {}) } : {}),
      ...(axis.min != null || axis.max != null ? { range: [bound(axis.min), bound(axis.max)] } : {}),
      ...(axis.scale === "Category" ? {
        tickvals: ticks, ticktext: ticks.map(i => text(short(axis.categories[i], longestLabel))), range: [-0.5, axis.categories.length - 0.5], showgrid: false,
      } : {}),
      ...extra,
    };
  };

  // How many powers of ten the values of all panels span.
  const decades = (figure, key) => {
    const positive = figure.panels.flatMap(panel => panel.marks).flatMap(mark => mark[key] ?? mark.values ?? []).filter(v => v > 0);
    return positive.length === 0 ? 0 : Math.log10(positive.reduce((a, b) => Math.max(a, b)) / positive.reduce((a, b) => Math.min(a, b)));
  };

  // plotly.js has no axes for numbers near the limits of doubles: they are shown in a power of ten that the axis names.
  const fit = figure => {
    for (const [key, names] of [["x", ["x"]], ["y", ["y", "lower", "upper"]]]) {
      const panels = figure.panels.filter(panel => panel[key].scale === "Linear"), marks = panels.flatMap(panel => panel.marks).filter(mark => mark.x);
      const most = marks.flatMap(mark => mark[key]).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      if (most === 0 || most > 1e-150 && most < 1e150) continue;
      const power = Math.floor(Math.log10(most));
      for (const mark of marks) for (const at of names) mark[at] = mark[at]?.map(v => number(v) === null ? v : v / 10 ** power);
      for (const panel of panels) panel[key].label = ((panel[key].label ?? "") + " (× 1e" + power + ")").trim();
    }
  };

  const hover = (panel, mark, i) => [
    mark.name ? "<b>" + text(mark.name) + "</b>" : "", ...[["x", panel.x], ["y", panel.y]].map(([key, axis]) =>
      text(name(axis, key)) + ": " + label(axis, mark[key][i])),
    mark.lower?.length ? interval(mark, i) : "", mark.counts?.length ? "n: " + mark.counts[i] : "", mark.texts?.length ? text(mark.texts[i]) : "",
  ].filter(line => line).join("<br>");
  const interval = (mark, i) => number(mark.lower[i]) === null ? "" : "from " + shown(mark.lower[i]) + " to " + shown(mark.upper[i]);

  const errors = (values, mark, color) => mark.lower.length === 0 || mark.band ? undefined : {
    type: "data", symmetric: false, color, thickness: 1.3, width: 3,
    array: mark.upper.map((v, i) => number(v) === null ? 0 : v - values[i]), arrayminus: mark.lower.map((v, i) => number(v) === null ? 0 : values[i] - v),
  };

  // What each kind of mark becomes. Every function gives traces.
  const traces = {
    line: (mark, panel, style, page) => {
      const drawn = {
        type: mark.x.length > many ? "scattergl" : "scatter", mode: mark.markers || mark.x.length === 1 ? "lines+markers" : "lines",
        x: mark.x, y: mark.y, line: { color: style.color, width: 1.8, dash: mark.dashed || style.second ? "dash" : "solid", shape: mark.steps ? "hv" : "linear" },
        marker: { color: style.color, symbol: style.symbol, size: 8, line: { color: style.color, width: 1.5 } },
        error_y: errors(mark.y, mark, style.color), hoverinfo: "text", text: mark.x.map((_, i) => hover(panel, mark, i)),
      };
      if (!mark.band || mark.lower.length === 0) return [drawn];
      const from = mark.lower.map((v, i) => number(v) ?? mark.y[i]), to = mark.upper.map((v, i) => number(v) ?? mark.y[i]);
      return [{
        type: "scatter", mode: "lines", fill: "toself", fillcolor: translucent(style.color, 0.22), line: { width: 0 }, hoverinfo: "skip", part: true,
        x: [...mark.x, ...[...mark.x].reverse()], y: [...to, ...from.reverse()],
      }, drawn];
    },
    scatter: (mark, panel, style) => [{
      type: mark.x.length > many ? "scattergl" : "scatter", mode: "markers", x: mark.x, y: mark.y, hoverinfo: "text",
      text: mark.x.map((_, i) => hover(panel, mark, i)),
      marker: {
        color: style.color, symbol: style.symbol, size: mark.x.length > 5000 ? 3 : mark.x.length > 500 ? 5 : 8,
        opacity: mark.faint ? 0.35 : mark.x.length > 500 ? 0.6 : 0.85, line: { color: style.color, width: symbols.indexOf(style.symbol) > 4 ? 1.5 : 0 },
      },
    }],
    bar: (mark, panel, style, page) => {
      const at = mark.from.map((v, i) => (v + mark.to[i]) / 2), along = mark.horizontal ? panel.y : panel.x, up = mark.horizontal ? panel.x : panel.y;
      const range = i => along.scale === "Category" ? label(along, at[i]) : label(along, mark.from[i]) + " to " + label(along, mark.to[i]);
      const lengths = mark.values.map(v => v - mark.base);
      return [{
        type: "bar", orientation: mark.horizontal ? "h" : "v", base: mark.base, width: mark.from.map((v, i) => mark.to[i] - v),
        [mark.horizontal ? "y" : "x"]: at, [mark.horizontal ? "x" : "y"]: lengths,
        marker: { color: translucent(style.color, style.second ? 0.2 : 0.8), line: { color: style.color, width: mark.values.length > 200 ? 0 : 1 } },
        [mark.horizontal ? "error_x" : "error_y"]: errors(mark.values, mark, page.text), hoverinfo: "text", textposition: "none",
        hovertext: at.map((_, i) => [
          mark.name ? "<b>" + text(mark.name) + "</b>" : "", text(name(along, "x")) + ": " + range(i), text(name(up, "y")) + ": " + label(up, mark.values[i]),
          mark.lower.length ? interval(mark, i) : "", mark.counts.length ? "n: " + mark.counts[i] : "",
        ].filter(line => line).join("<br>")),
      }];
    },
    box: (mark, panel, style) => {
      const boxes = mark.boxes, points = boxes.flatMap(box => box.outliers.map(value => ({ x: box.at, y: value })));
      return [{
        type: "box", x: boxes.map(b => b.at), q1: boxes.map(b => b.quartile1), median: boxes.map(b => b.median), q3: boxes.map(b => b.quartile3),
        lowerfence: boxes.map(b => b.low), upperfence: boxes.map(b => b.high), width: boxes[0]?.width, line: { color: style.color, width: 1.4 },
        fillcolor: translucent(style.color, style.second ? 0 : 0.35),
      }, {
        type: "scatter", mode: "markers", x: points.map(p => p.x), y: points.map(p => p.y), part: true,
        marker: { color: style.color, symbol: "circle-open", size: 5 }, hoverinfo: "text", text: points.map(p => label(panel.x, p.x) + "<br>" + shown(p.y)),
      }];
    },
    violin: (mark, panel, style, page) => mark.violins.flatMap((v, i) => [{
      type: "scatter", mode: "lines", fill: "toself", fillcolor: translucent(style.color, style.second ? 0 : 0.35), line: { color: style.color, width: 1.2 },
      x: [...v.densities.map(d => v.at - d * v.width / 2), ...v.densities.map(d => v.at + d * v.width / 2).reverse()],
      y: [...v.values, ...[...v.values].reverse()], hoverinfo: "skip", part: i > 0,
    }, {
      type: "scatter", mode: "lines+markers", x: [v.at, v.at, v.at], y: [v.quartile1, v.median, v.quartile3], part: true, hoverinfo: "text",
      line: { color: style.color, width: 5 }, marker: { color: [style.color, page.ground, style.color], size: [1, 6, 1] },
      text: Array(3).fill([
        mark.name ? "<b>" + text(mark.name) + "</b>" : "", label(panel.x, v.at), "median: " + shown(v.median),
        "quartiles: " + shown(v.quartile1) + " to " + shown(v.quartile3), "n: " + v.count].filter(line => line).join("<br>")),
    }]),
    heatmap: (mark, panel, style, page) => [{
      type: "heatmap", x: panel.x.categories.map((_, i) => i), y: panel.y.categories.map((_, i) => i),
      z: mark.values.map(row => row.map(number)), ...colors(page), hoverinfo: "text", hoverongaps: false,
      text: mark.values.map((row, j) => row.map((v, i) => [
        text(name(panel.x, "x")) + ": " + label(panel.x, i), text(name(panel.y, "y")) + ": " + label(panel.y, j),
        text(page.legend || "value") + ": " + shown(number(v))].join("<br>"))),
    }],
    contour: (mark, panel, style, page) => [{
      type: "contour", x: mark.x, y: mark.y, z: mark.values.map(row => row.map(number)), ...colors(page), contours: { coloring: "heatmap" },
      line: { color: "rgba(255,255,255,0.75)", width: 1 }, hoverinfo: "text",
      text: mark.values.map((row, j) => row.map((v, i) => [
        text(name(panel.x, "x")) + ": " + label(panel.x, mark.x[i]), text(name(panel.y, "y")) + ": " + label(panel.y, mark.y[j]),
        text(page.legend || "value") + ": " + shown(number(v))].join("<br>"))),
    }],
    parallel: (mark, panel, style, page) => [{
      // Its names stand above the axes, and the labels of the first one to its left; the ends of the axes have no labels of their own.
      type: "parcoords", domain: { x: [leftOf(page, panel), 0.95], y: [0, 0.88] }, labelfont: { color: page.text }, tickfont: { color: page.text },
      rangefont: { color: "rgba(0,0,0,0)", size: 1 },
      line: mark.colors.length ? { color: mark.colors, ...colors(page), showscale: true } : { color: style.color },
      // An axis reaches from its first to its last tick, so the ends have ticks without a label.
      dimensions: axesOf(page, panel).map(({ places, ticks }, i) => ({
        label: text(mark.axes[i].axis.label ?? ""), values: places, range: [0, 1],
        tickvals: [0, ...ticks.map(tick => tick.place), 1], ticktext: ["", ...ticks.map(tick => short(tick.label, longestLabel)), ""],
      })),
    }],
  };
  const axesOf = (page, panel) => page.parallel[page.figure.panels.indexOf(panel)];
  const leftOf = (page, panel) => {
    const longest = Math.max(...axesOf(page, panel)[0].ticks.map(tick => Math.min(tick.label.length, longestLabel)));
    return Math.min(0.35, Math.max(0.05, (longest * 6.5 - 40) / (page.figure.width - 180)));
  };
  const colors = page => ({
    colorscale: page.scale, colorbar: { title: { text: text(short(page.legend ?? "", longestName)), side: "top" }, outlinewidth: 0, thickness: 14, len: 0.9, tickformat: digits },
  });

  // The data of a mark as rows of a table.
  const rows = (mark, panel) => {
    const x = name(panel.x, "x"), y = name(panel.y, "y"), same = x === y ? y + " (y)" : y, head = { panel: panel.title ?? "", series: mark.name ?? "" };
    const bounds = (m, i) => m.lower?.length ? { lower: number(m.lower[i]), upper: number(m.upper[i]) } : {};
    const count = (m, i) => m.counts?.length ? { n: m.counts[i] } : {};
    switch (mark.kind) {
      case "line": case "scatter": return mark.x.map((v, i) => ({
        ...head, [x]: read(panel.x, v), [same]: read(panel.y, mark.y[i]), ...bounds(mark, i), ...count(mark, i), ...(mark.texts?.length ? { text: mark.texts[i] } : {}),
      }));
      case "bar": return mark.values.map((v, i) => {
        const along = mark.horizontal ? panel.y : panel.x;
        return {
          ...head, ...(along.scale === "Category" ? { [name(along, "category")]: read(along, (mark.from[i] + mark.to[i]) / 2) } : { from: mark.from[i], to: mark.to[i] }),
          [mark.horizontal ? x : same]: v, ...bounds(mark, i), ...count(mark, i),
        };
      });
      case "box": return mark.boxes.map(b => ({
        ...head, [x]: read(panel.x, Math.round(b.at)), low: b.low, quartile1: b.quartile1, median: b.median, quartile3: b.quartile3, high: b.high, n: b.count }));
      case "violin": return mark.violins.map(v => ({
        ...head, [x]: read(panel.x, Math.round(v.at)), quartile1: v.quartile1, median: v.median, quartile3: v.quartile3, n: v.count }));
      case "heatmap": return mark.values.flatMap((row, j) => row.map((v, i) => ({ ...head, [x]: read(panel.x, i), [same]: read(panel.y, j), value: number(v) })));
      case "contour": return mark.values.flatMap((row, j) => row.map((v, i) => ({ ...head, [x]: mark.x[i], [same]: mark.y[j], value: number(v) })));
      case "parallel": return mark.axes.length === 0 ? [] : mark.axes[0].values.map((_, row) => Object.fromEntries([
        ...mark.axes.map(({ axis, values }) => [axis.label ?? "", read(axis, values[row])]), ...(mark.colors.length ? [["color", mark.colors[row]]] : [])]));
      default: return [];
    }
  };
  const csv = figure => {
    const all = figure.panels.flatMap(panel => panel.marks.flatMap(mark => rows(mark, panel)));
    const used = [...new Set(all.flatMap(row => Object.keys(row)))].filter(key => all.some(row => row[key] !== "" && row[key] != null));
    const cell = value => value == null ? "" : /[",\r\n]/.test(value) ? '"' + String(value).replace(/"/g, '""') + '"' : String(value);
    return [used, ...all.map(row => used.map(key => row[key]))].map(line => line.map(cell).join(",")).join("\r\n") + "\r\n";
  };
  const download = figure => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv(figure)], { type: "text/csv" }));
    link.download = (figure.title ?? "figure").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").toLowerCase() + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const layoutOf = (figure, page) => {
    const count = key => Math.max(...figure.panels.map(panel => panel[key])) + 1, columns = count("column"), lines = count("row");
    // Between panels below each other stand ticks, the name of the axis and the heading of the lower one.
    const gapX = columns > 1 ? 0.28 / columns : 0, gapY = lines > 1 ? Math.min(0.7 / (lines - 1), Math.max(0.36 / lines, 72 / (figure.height - 110))) : 0;
    const width = (1 - gapX * (columns - 1)) / columns, height = (1 - gapY * (lines - 1)) / lines;
    // Beside the panels are the legend and the labels of axes, beside the title the buttons.
    page.longest = { x: Math.floor((figure.width - 180) * width / letter), y: Math.floor((figure.height - 110) * height / letter) };
    const layout = {
      width: figure.width, height: figure.height, paper_bgcolor: page.ground, plot_bgcolor: page.ground, font: { color: page.text, size: 12 },
      title: { text: text(short(figure.title ?? "", Math.floor((figure.width - 220) / 9.5))), x: 0.02, xanchor: "left", font: { size: 17 } }, hovermode: "closest", barmode: "overlay",
      showlegend: figure.show_legend, legend: { title: { text: text(short(figure.legend_title ?? "", longestName)) } }, annotations: [],
      margin: { l: 60, r: 20, t: figure.title ? 60 : 36, b: 50 },
    };
    const first = { x: {}, y: {} };
    figure.panels.forEach((panel, i) => {
      const id = i === 0 ? "" : i + 1, left = panel.column * (width + gapX), top = 1 - panel.row * (height + gapY);
      panel.id = id;
      panel.domain = { x: [left, left + width], y: [top - height, top] };
      for (const [key, other] of [["x", "y"], ["y", "x"]]) {
        const axis = panel[key], span = axis.scale === "Log" ? decades(figure, key) : 0, shared = JSON.stringify([axis.label, axis.scale]), to = first[key][shared];
        first[key][shared] ??= key + id;
        if (panel.marks.some(mark => mark.kind === "parallel")) continue;
        layout[key + "axis" + id] = axisOf(axis, page, span, { domain: panel.domain[key], anchor: other + id, ...(to === undefined ? {} : { matches: to }) });
      }
      const note = (content, y, extra) => layout.annotations.push(
        { text: content, showarrow: false, xref: "paper", yref: "paper", x: left + width / 2, y, xanchor: "center", ...extra });
      if (panel.title) note("<b>" + text(short(panel.title, page.longest.x)) + "</b>", top, { yanchor: "bottom" });
      if (page.empty[i]) note("no data", top - height / 2, { yanchor: "middle" });
    });
    return layout;
  };

  const tracesOf = (figure, page) => {
    const listed = new Set();
    return figure.panels.flatMap((panel, i) => page.empty[i] ? [] : panel.marks.flatMap(mark => {
      const style = mark.series < 0 ? { color: page.faint, symbol: symbols[0] } : { ...page.styles[mark.series], symbol: symbols[page.styles[mark.series].shape] };
      const key = JSON.stringify([mark.name, mark.series]);
      return traces[mark.kind](mark, panel, style, page).map(({ part, ...trace }) => {
        const isListed = !part && !!mark.name && !listed.has(key);
        if (isListed) listed.add(key);
        if (trace.type === "parcoords") return trace;
        return {
          ...trace, xaxis: "x" + panel.id, yaxis: "y" + panel.id,
          ...("z" in trace ? { showscale: i === figure.panels.length - 1 } : { name: text(short(mark.name ?? "", longestName)), legendgroup: key, showlegend: isListed }),
        };
      });
    }));
  };

  const pages = JSON.parse(document.getElementById("figures").textContent);
  pages.forEach((page, i) => {
    const figure = page.figure, place = document.getElementById("figure-" + i);
    page.legend = figure.legend_title;
    fit(figure);
    const layout = layoutOf(figure, page);
    Plotly.newPlot(place.querySelector(".plot"), tracesOf(figure, page), layout, {
      displaylogo: false, responsive: false, modeBarButtonsToRemove: ["select2d", "lasso2d"],
      toImageButtonOptions: { filename: "figure", scale: 2 },
    });
    place.querySelector("button").addEventListener("click", () => download(figure));
  });
})();
