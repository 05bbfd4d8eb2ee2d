// What is wrong with the texts of pictures: overlap, bars below them, outside, small; links that lead nowhere.
(selector) => {
  const faults = [];
  let smallest = 1000, bottom = 0;
  for (const svg of document.querySelectorAll(selector)) {
    const frame = svg.getBoundingClientRect();
    const scale = svg.getScreenCTM().a;
    bottom = Math.max(bottom, frame.bottom);
    const texts = [...svg.querySelectorAll("text")].map((one) => ({one, words: one.textContent, r: one.getBoundingClientRect()}));
    const bars = [...svg.querySelectorAll(".bar")].map((one) => one.getBoundingClientRect());
    const meet = (a, b) => a.left + .6 < b.right && b.left + .6 < a.right && a.top + .6 < b.bottom && b.top + .6 < a.bottom;
    texts.forEach((text, index) => {
      smallest = Math.min(smallest, parseFloat(getComputedStyle(text.one).fontSize) * scale);
      const r = text.r;
      if (r.left < frame.left - .6 || r.right > frame.right + .6 || r.top < frame.top - .6 || r.bottom > frame.bottom + .6)
        faults.push("outside: " + text.words);
      for (const other of texts.slice(index + 1)) if (meet(r, other.r)) faults.push("overlap: " + text.words + " | " + other.words);
      for (const bar of bars) if (meet(r, bar)) faults.push("on a bar: " + text.words);
    });
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page scrolls sideways");
  for (const link of document.querySelectorAll('a[href^="#"]'))
    if (!document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))) faults.push("leads nowhere: " + link.getAttribute("href"));
  return {faults, smallest, bottom};
}
