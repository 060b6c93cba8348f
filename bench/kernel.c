/* The networks of "baldwin bench kernel" in plain C, written by hand for comparison: structures of arrays in float,
 * synapses touched by spikes, linearly decaying quantities of synapses kept constant between events. Each makes its own
 * random network of the same statistics.
 *
 * usage: kernel CASE SECONDS [NOISE]     CASE: rstdp-302, izhikevich-1000, cuba-4000
 * Prints: rate in Hz, simulated seconds a second.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint32_t state = 2463534242u;
static uint32_t draw(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}
static float uniform(void) { return (draw() >> 8) * (1.0f / 16777216.0f); }
static uint32_t mix(uint32_t h) {
  h ^= h >> 16;
  h *= 0x7feb352du;
  h ^= h >> 15;
  h *= 0x846ca68bu;
  return h ^ (h >> 16);
}
static float triangular(uint32_t start, uint32_t cell) {
  uint32_t word = mix(start + cell * 0x9e3779b9u);
  return ((int32_t)((word & 0xffff) + (word >> 16)) - 65535) * (1.0f / 26754.3f);
}
static float gaussian(uint32_t start, uint32_t cell) {
  uint32_t word = mix(start + cell * 0x9e3779b9u), second = mix(word + 0x6c8e9cf5u);
  return sqrtf(-2 * logf(((word >> 8) + 1) * (1.0f / 16777216.0f))) *
         cosf((second >> 8) * (6.2831853f / 16777216.0f));
}
static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}
static void *array(size_t count, size_t size) {
  void *memory = aligned_alloc(64, (count * size + 127) / 64 * 64);
  if (!memory) exit(3);
  memset(memory, 0, count * size);
  return memory;
}
static void report(long spikes, int cells, double simulated, double seconds) {
  printf("%.3f\n%.3f\n", spikes / (double)cells / simulated, simulated / seconds);
}

/* Random pairs in row order: row starts and targets. */
static void pairs(int count, int from, int to, int cells, int *row, int *post) {
  int *pre = array(count, sizeof(int)), *target = array(count, sizeof(int));
  for (int s = 0; s < count; s++) {
    pre[s] = from + draw() % (to - from);
    target[s] = draw() % cells;
    row[pre[s] + 1]++;
  }
  for (int i = 0; i < cells; i++) row[i + 1] += row[i];
  int *next = array(cells, sizeof(int));
  memcpy(next, row, sizeof(int) * cells);
  for (int s = 0; s < count; s++) post[next[pre[s]]++] = target[s];
  free(pre);
  free(target);
  free(next);
}

static void rstdp(double seconds, float noise) {
  enum { N = 302, P = 304, EXC = 242, PLASTIC = 3330, FIXED = 370 };
  float *v = array(P, 4), *u = array(P, 4), *g = array(P, 4), *a = array(P, 4), *d = array(P, 4);
  float *x = array(P, 4), *y = array(P, 4), *w = array(PLASTIC, 4), *c = array(PLASTIC, 4), *wf = array(FIXED, 4);
  int *row = array(P + 1, 4), *post = array(PLASTIC, 4), *rowF = array(P + 1, 4), *postF = array(FIXED, 4);
  int *column = array(P + 1, 4), *columnS = array(PLASTIC, 4), *columnPre = array(PLASTIC, 4), *fired = array(P, 4);
  pairs(PLASTIC, 0, EXC, N, row, post);
  pairs(FIXED, EXC, N, N, rowF, postF);
  for (int s = 0; s < PLASTIC; s++) w[s] = 2 * uniform(), column[post[s] + 1]++;
  for (int s = 0; s < FIXED; s++) wf[s] = -2;
  for (int i = 0; i < N; i++) column[i + 1] += column[i];
  int *next = array(P, 4);
  memcpy(next, column, 4 * N);
  for (int i = 0; i < N; i++)
    for (int s = row[i]; s < row[i + 1]; s++) {
      int at = next[post[s]]++;
      columnS[at] = s;
      columnPre[at] = i;
    }
  for (int i = 0; i < P; i++) v[i] = -65, u[i] = -13, a[i] = i < EXC ? 0.02f : 0.1f, d[i] = i < EXC ? 8 : 2;
  const float decay = expf(-1 / 5.0f);
  float dopamine = 0, G = 0;
  int r = 0, toReward = 1000;
  long spikes = 0, step = 0;
  double began = now();
  while (now() - began < seconds) {
    for (int k = 0; k < 1000; k++, step++) {
      uint32_t start = mix((uint32_t)step + 77u);
      float upX = expf(r / 20.0f), downX = 1 / upX, upC = expf(r / 1000.0f), downC = 1 / upC;
      int count = 0;
      uint8_t hit[P];
      for (int i = 0; i < P; i++) {
        float I = g[i] + noise * triangular(start, i);
        float vi = v[i], ui = u[i];
        vi += 0.5f * (0.04f * vi * vi + 5 * vi + 140 - ui + I);
        vi += 0.5f * (0.04f * vi * vi + 5 * vi + 140 - ui + I);
        ui += a[i] * (0.2f * vi - ui);
        v[i] = vi;
        u[i] = ui;
        g[i] *= decay;
        hit[i] = vi >= 30;
      }
      for (int i = 0; i < N; i += 8) {
        uint64_t any;
        memcpy(&any, hit + i, 8);
        if (any)
          for (int j = i; j < i + 8 && j < N; j++)
            if (hit[j]) fired[count++] = j;
      }
      for (int f = 0; f < count; f++) {
        int i = fired[f];
        v[i] = -65;
        u[i] += d[i];
        for (int s = row[i]; s < row[i + 1]; s++) {
          float now_ = w[s] + c[s] * G;
          now_ = now_ < 0 ? 0 : now_ > 4 ? 4 : now_;
          g[post[s]] += now_;
          c[s] -= 0.15f * y[post[s]] * downX * upC;
          w[s] = now_ - c[s] * G;
        }
        for (int s = rowF[i]; s < rowF[i + 1]; s++) g[postF[s]] += wf[s];
      }
      for (int f = 0; f < count; f++) {
        int i = fired[f];
        for (int k2 = column[i]; k2 < column[i + 1]; k2++) {
          int s = columnS[k2];
          float now_ = w[s] + c[s] * G;
          now_ = now_ < 0 ? 0 : now_ > 4 ? 4 : now_;
          c[s] += 0.1f * x[columnPre[k2]] * downX * upC;
          w[s] = now_ - c[s] * G;
        }
      }
      for (int f = 0; f < count; f++) x[fired[f]] += upX, y[fired[f]] += upX;
      spikes += count;
      G += 0.01f * (dopamine + 0.002f) * downC;
      dopamine *= 0.995012f;
      if (--toReward == 0) dopamine += 0.5f, toReward = 1000 + draw() % 2000;
      if (++r == 250) {
        float backX = expf(-250 / 20.0f), backC = expf(-250 / 1000.0f);
        for (int s = 0; s < PLASTIC; s++) {
          float now_ = w[s] + c[s] * G;
          w[s] = now_ < 0 ? 0 : now_ > 4 ? 4 : now_;
          c[s] = fabsf(c[s] * backC) < 1e-20f ? 0 : c[s] * backC;
        }
        for (int i = 0; i < N; i++) {
          x[i] = x[i] * backX < 1e-20f ? 0 : x[i] * backX;
          y[i] = y[i] * backX < 1e-20f ? 0 : y[i] * backX;
          if (fabsf(g[i]) < 1e-20f) g[i] = 0;
        }
        G = 0;
        r = 0;
      }
    }
  }
  report(spikes, N, step / 1000.0, now() - began);
}

static void izhikevich(double seconds) {
  enum { N = 1000 };
  float *v = array(N, 4), *u = array(N, 4), *g = array(N, 4), *a = array(N, 4), *b = array(N, 4), *c = array(N, 4);
  float *d = array(N, 4), *sd = array(N, 4), *w = array((size_t)N * N, 4), *I = array(N, 4);
  int *fired = array(N, 4);
  for (int i = 0; i < N; i++) {
    float q = uniform();
    int exc = i < 800;
    a[i] = exc ? 0.02f : 0.02f + 0.08f * q;
    b[i] = exc ? 0.2f : 0.25f - 0.05f * q;
    c[i] = exc ? -65 + 15 * q * q : -65;
    d[i] = exc ? 8 - 6 * q * q : 2;
    sd[i] = exc ? 5 : 2;
    v[i] = -65;
    u[i] = b[i] * -65;
    for (int j = 0; j < N; j++) w[(size_t)i * N + j] = exc ? 0.5f * uniform() : -uniform();
  }
  long spikes = 0, step = 0;
  double began = now();
  while (now() - began < seconds) {
    for (int k = 0; k < 250; k++, step++) {
      uint32_t start = mix((uint32_t)step + 77u);
      int count = 0;
      for (int i = 0; i < N; i++) I[i] = g[i] + sd[i] * gaussian(start, i), g[i] = 0;
      for (int i = 0; i < N; i++) {
        v[i] += 0.5f * (0.04f * v[i] * v[i] + 5 * v[i] + 140 - u[i] + I[i]);
        v[i] += 0.5f * (0.04f * v[i] * v[i] + 5 * v[i] + 140 - u[i] + I[i]);
        u[i] += a[i] * (b[i] * v[i] - u[i]);
      }
      for (int i = 0; i < N; i++)
        if (v[i] >= 30) fired[count++] = i;
      for (int f = 0; f < count; f++) {
        int i = fired[f];
        v[i] = c[i];
        u[i] += d[i];
        const float *row = w + (size_t)i * N;
        for (int j = 0; j < N; j++) g[j] += row[j];
      }
      spikes += count;
    }
  }
  report(spikes, N, step / 1000.0, now() - began);
}

static void cuba(double seconds) {
  enum { N = 4000, EXC = 3200 };
  float *v = array(N, 4), *ge = array(N, 4), *gi = array(N, 4);
  int *rest = array(N, 4), *fired = array(N, 4), *row = array(N + 1, 4), *post = array(400000, 4), synapses = 0;
  for (int i = 0; i < N; i++) {
    v[i] = -60 + 10 * uniform();
    for (int j = 0; j < N && synapses < 400000; j++)
      if (uniform() < 0.02f) post[synapses++] = j;
    row[i + 1] = synapses;
  }
  const float decayE = expf(-0.1f / 5), decayI = expf(-0.1f / 10), decayV = expf(-0.1f / 20);
  long spikes = 0, step = 0;
  double began = now();
  while (now() - began < seconds) {
    for (int k = 0; k < 1000; k++, step++) {
      int count = 0;
      for (int i = 0; i < N; i++) {
        float target = -49 + ge[i] + gi[i];
        float moved = target + (v[i] - target) * decayV;
        v[i] = rest[i] > 0 ? v[i] : moved;
        rest[i] = rest[i] > 0 ? rest[i] - 1 : 0;
        ge[i] = fabsf(ge[i] * decayE) < 1e-20f ? 0 : ge[i] * decayE;
        gi[i] = fabsf(gi[i] * decayI) < 1e-20f ? 0 : gi[i] * decayI;
      }
      for (int i = 0; i < N; i++)
        if (v[i] >= -50) fired[count++] = i;
      for (int f = 0; f < count; f++) {
        int i = fired[f];
        v[i] = -60;
        rest[i] = 50;
        if (i < EXC)
          for (int s = row[i]; s < row[i + 1]; s++) ge[post[s]] += 1.62f;
        else
          for (int s = row[i]; s < row[i + 1]; s++) gi[post[s]] -= 9;
      }
      spikes += count;
    }
  }
  report(spikes, N, step / 10000.0, now() - began);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  double seconds = atof(argv[2]);
  if (!strcmp(argv[1], "rstdp-302")) rstdp(seconds, argc > 3 ? atof(argv[3]) : 5.5f);
  else if (!strcmp(argv[1], "izhikevich-1000")) izhikevich(seconds);
  else if (!strcmp(argv[1], "cuba-4000")) cuba(seconds);
  else return 2;
  return 0;
}
