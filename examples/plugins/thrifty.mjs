/** An objective of one's own: the score, less what its spikes and synaptic events cost. It imports nothing. */
export default {
  summary: 'the score less a price on energy',
  options: {
    price: { default: 0.001, low: 0, high: 100, about: 'what one event a second and cell costs' },
  },
  value: (life, { price }) => life.score - price * life.energy,
};
