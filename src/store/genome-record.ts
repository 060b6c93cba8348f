/**
 * A genome as bytes: what differs from the start where that is smaller, everything otherwise. Little-endian:
 * `u32` kind (0 everything, 1 differences), `u32` count, then count float64 values (everything), or count `u32` genes,
 * padded to 8 bytes, and count float64 values (differences).
 */
export function encodeGenome(genome: Readonly<Float64Array>, start: Readonly<Float64Array>): Buffer {
  const changed: number[] = [];
  for (let gene = 0; gene < genome.length; gene++) {
    if (!Object.is(genome[gene], start[gene])) changed.push(gene);
  }
  const indexBytes = Math.ceil(changed.length / 2) * 8;
  const sparse = indexBytes + changed.length * 8 < genome.length * 8;
  const out = Buffer.alloc(8 + (sparse ? indexBytes + changed.length * 8 : genome.length * 8));
  out.writeUInt32LE(sparse ? 1 : 0, 0);
  out.writeUInt32LE(sparse ? changed.length : genome.length, 4);
  if (sparse) {
    changed.forEach((gene, i) => {
      out.writeUInt32LE(gene, 8 + i * 4);
      out.writeDoubleLE(genome[gene]!, 8 + indexBytes + i * 8);
    });
  } else {
    for (let gene = 0; gene < genome.length; gene++) out.writeDoubleLE(genome[gene]!, 8 + gene * 8);
  }
  return out;
}

export function decodeGenome(record: Buffer, start: Readonly<Float64Array>): Float64Array {
  const count = record.readUInt32LE(4);
  if (record.readUInt32LE(0) === 0) {
    return Float64Array.from({ length: count }, (_, gene) => record.readDoubleLE(8 + gene * 8));
  }
  const genome = Float64Array.from(start);
  const values = 8 + Math.ceil(count / 2) * 8;
  for (let i = 0; i < count; i++) {
    genome[record.readUInt32LE(8 + i * 4)] = record.readDoubleLE(values + i * 8);
  }
  return genome;
}
