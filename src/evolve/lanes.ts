/**
 * Works through items in their order, several side by side.
 * @param width how many at once; asked again when one ends, and whenever `widen` is called
 * @param work of one item; it does not reject
 */
export async function inLanes<Item>(
  items: readonly Item[],
  width: () => number,
  work: (item: Item, widen: () => void) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const lanes: Promise<void>[] = [];
  async function lane(): Promise<void> {
    for (const item of left) {
      await work(item, widen);
      widen();
    }
  }
  function widen(): void {
    while (lanes.length < Math.min(width(), items.length)) lanes.push(lane());
  }
  widen();
  // Lanes may be added while those before them are waited for.
  for (const each of lanes) await each;
}
