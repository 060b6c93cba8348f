/* The ENOMAD foraging rollout in plain C, for comparison with Baldwin's own: the same sweep over the same table.
 *
 * usage: foraging TABLE SECONDS
 * TABLE is a text file written by `baldwin bench foraging`:
 *   cells synapses inputs outputs food steps threshold genomes
 *   neuron flag of each cell
 *   row starts; targets
 *   each input: count and cells; each output: count and cells
 *   food x, food y
 *   genomes x synapses weights
 * Prints: rollouts a second, and the score of the first rollout of each genome.
 */
#define _POSIX_C_SOURCE 200809L
#define PI 3.14159265358979323846
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int cells, synapses, inputs, outputs, food, steps, genomes;
static double threshold;
static int *neuron, *row, *post, *portCount[2], *port[2][8];
static double *foodX, *foodY, *weights;

static void *need(size_t bytes) {
  void *memory = malloc(bytes);
  if (!memory) exit(3);
  return memory;
}
static int readInt(FILE *f) {
  int v;
  if (fscanf(f, "%d", &v) != 1) exit(2);
  return v;
}
static double readDouble(FILE *f) {
  double v;
  if (fscanf(f, "%lf", &v) != 1) exit(2);
  return v;
}

static double rollout(const double *w, double *charge, int *fired, double *fx, double *fy) {
  double x = 800, y = 600, heading = 0, score = 0;
  int smelt = 0, left = food;
  memset(charge, 0, sizeof(double) * cells);
  memcpy(fx, foodX, sizeof(double) * food);
  memcpy(fy, foodY, sizeof(double) * food);
  for (int t = 0; t < steps; t++) {
    int count = 0;
    for (int i = 0; i < cells; i++)
      if (neuron[i] && fabs(charge[i]) > threshold) fired[count++] = i;
    double wall = fmin(fmin(x, 1600 - x), fmin(y, 1200 - y));
    int input = wall > 0 && wall < 100 ? 0 : smelt ? 1 : -1;
    if (input >= 0)
      for (int c = 0; c < portCount[0][input]; c++)
        for (int s = row[port[0][input][c]]; s < row[port[0][input][c] + 1]; s++) charge[post[s]] += w[s];
    for (int f = 0; f < count; f++) {
      int i = fired[f];
      for (int s = row[i]; s < row[i + 1]; s++) charge[post[s]] += w[s];
      charge[i] = 0;
    }
    double motor[2];
    for (int o = 0; o < 2; o++) {
      motor[o] = 0;
      for (int c = 0; c < portCount[1][o]; c++) {
        motor[o] += charge[port[1][o][c]];
        charge[port[1][o][c]] = 0;
      }
    }
    heading += (motor[1] - motor[0]) / 10;
    if (heading < -PI || heading >= PI) heading -= 2 * PI * floor((heading + PI) / (2 * PI));
    double distance = fmin(150, fmax(75, fabs(motor[0]) + fabs(motor[1]))) / 7;
    x = (float)fmin(1600, fmax(0, x + distance * cos(heading)));
    y = (float)fmin(1200, fmax(0, y + distance * sin(heading)));
    smelt = 0;
    int kept = 0;
    for (int i = 0; i < left; i++) {
      double dx = fx[i] - x, dy = fy[i] - y, d = sqrt(dx * dx + dy * dy);
      if (d <= 150) {
        smelt = 1;
        score += (150 - d) / 150 / 30;
        if (d < 20) {
          score += 30;
          continue;
        }
      }
      fx[kept] = fx[i];
      fy[kept++] = fy[i];
    }
    left = kept;
  }
  return score;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *f = fopen(argv[1], "r");
  if (!f) return 2;
  cells = readInt(f), synapses = readInt(f), inputs = readInt(f), outputs = readInt(f);
  food = readInt(f), steps = readInt(f);
  threshold = readDouble(f);
  genomes = readInt(f);
  if (inputs != 2 || outputs != 2) return 2;
  neuron = need(sizeof(int) * cells);
  row = need(sizeof(int) * (cells + 1));
  post = need(sizeof(int) * synapses);
  for (int i = 0; i < cells; i++) neuron[i] = readInt(f);
  for (int i = 0; i <= cells; i++) row[i] = readInt(f);
  for (int i = 0; i < synapses; i++) post[i] = readInt(f);
  for (int kind = 0; kind < 2; kind++) {
    portCount[kind] = need(sizeof(int) * 2);
    for (int p = 0; p < 2; p++) {
      int n = portCount[kind][p] = readInt(f);
      port[kind][p] = need(sizeof(int) * n);
      for (int i = 0; i < n; i++) port[kind][p][i] = readInt(f);
    }
  }
  foodX = need(sizeof(double) * food);
  foodY = need(sizeof(double) * food);
  for (int i = 0; i < food; i++) foodX[i] = readDouble(f);
  for (int i = 0; i < food; i++) foodY[i] = readDouble(f);
  weights = need(sizeof(double) * synapses * (size_t)genomes);
  for (size_t i = 0; i < synapses * (size_t)genomes; i++) weights[i] = readDouble(f);
  fclose(f);

  double *charge = need(sizeof(double) * cells), *fx = need(sizeof(double) * food), *fy = need(sizeof(double) * food);
  int *fired = need(sizeof(int) * cells);
  double seconds = atof(argv[2]), start = now(), sum = 0;
  long done = 0;
  while (now() - start < seconds)
    for (int g = 0; g < genomes; g++, done++) sum += rollout(weights + (size_t)g * synapses, charge, fired, fx, fy);
  double rate = done / (now() - start);
  printf("%.1f\n", rate);
  for (int g = 0; g < genomes; g++) printf("%.9f\n", rollout(weights + (size_t)g * synapses, charge, fired, fx, fy));
  return sum != sum;
}
