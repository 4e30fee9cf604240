// One new token of every row through a stack of transformer blocks, on the CPU, in float32.
//
// Decoding multiplies every weight by a few rows, so it is bound by how fast weights are read and by
// the overhead of many small operators. Here a whole stack is one call. Weights are packed in panels
// that are read once, from front to back. Everything else stays in the CPU's caches, except keys and
// values.
//
// Each sum runs over its terms in an order that depends on the shapes of the weights and on the
// row's own length alone. So a row gets the same bits in any batch.
//
// Shapes: B rows, D width, N heads, K head width, A = N * K, I intermediate width, P panel width.

#include <atomic>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <thread>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace {

#if defined(__AVX512F__)
constexpr int kLanes = 16;
constexpr int kMostRows = 8;
#elif defined(__AVX2__)
constexpr int kLanes = 8;
constexpr int kMostRows = 6;
#else
constexpr int kLanes = 4;
constexpr int kMostRows = 8;
#endif
constexpr int kPanel = 2 * kLanes;

typedef float Floats __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
typedef int32_t Ints __attribute__((vector_size(4 * kLanes)));

// Vectors without alignment.
inline Floats load(const float* from) { return *reinterpret_cast<const Floats*>(from); }
inline void store(float* to, Floats value) { *reinterpret_cast<Floats*>(to) = value; }
inline Floats spread(float value) { return value - Floats{}; }

// Sums the lanes: adds the upper half to the lower half until one lane is left.
inline float sum(Floats value) {
  float lanes[kLanes];
  store(lanes, value);
#pragma GCC unroll 4
  for (int half = kLanes / 2; half > 0; half /= 2)
#pragma GCC unroll 8
    for (int lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

inline float largest(Floats value) {
  float most = value[0];
  for (int lane = 1; lane < kLanes; ++lane) most = value[lane] > most ? value[lane] : most;
  return most;
}

// exp with a relative error below 2e-7; very small results become 0, very large ones stay finite,
// and NaN stays NaN.
inline Floats exp(Floats x) {
  const Floats low = spread(-87.3f), high = spread(88.7f);
  const Floats clamped = x < low ? low : (x > high ? high : x);
  const Floats shift = spread(12582912.0f);  // 1.5 * 2^23: adding it rounds to whole numbers
  const Floats shifted = clamped * 1.44269504f + shift;
  const Floats whole = shifted - shift;
  const Floats rest = (clamped - whole * 0.693359375f) + whole * 2.12194440e-4f;
  Floats y = spread(1.9875691500e-4f);
  y = y * rest + 1.3981999507e-3f;
  y = y * rest + 8.3334519073e-3f;
  y = y * rest + 4.1665795894e-2f;
  y = y * rest + 1.6666665459e-1f;
  y = y * rest + 5.0000001201e-1f;
  y = y * rest * rest + rest + 1.0f;
  const Ints exponent = ((Ints)shifted << 23);
  const Floats scaled = (Floats)((Ints)y + exponent);
  return x == x ? (x < low ? Floats{} : scaled) : x;
}

inline Floats sigmoid(Floats x) { return 1.0f / (1.0f + exp(-x)); }

// A barrier. OpenMP's barrier spins so long that on a busy machine it keeps the last thread from
// running; this one yields after a moment.
class Barrier {
 public:
  void wait(int size) {
    const int round = round_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == size) {
      arrived_.store(0, std::memory_order_relaxed);
      round_.store(round + 1, std::memory_order_release);
      return;
    }
    for (int spins = 0; round_.load(std::memory_order_acquire) == round; ++spins)
      if (spins > kSpins) std::this_thread::yield();
  }

 private:
  static constexpr int kSpins = 4000;
  std::atomic<int> arrived_{0};
  std::atomic<int> round_{0};
};

struct Team {
  int rank;
  int size;
  Barrier* barrier;

  void wait() const {
    if (size > 1) barrier->wait(size);
  }
  // This thread's part of `count` items.
  void share(int64_t count, int64_t* begin, int64_t* end) const {
    *begin = count * rank / size;
    *end = count * (rank + 1) / size;
  }
};

// Runs work(team) on every thread.
template <typename Work>
void in_team(int64_t threads, Work work) {
#ifdef _OPENMP
  Barrier barrier;
#pragma omp parallel num_threads(static_cast<int>(threads))
  {
    const Team team{omp_get_thread_num(), omp_get_num_threads(), &barrier};
    work(team);
    // All threads arrive here together, so OpenMP's own barrier at the end does not spin.
    team.wait();
  }
#else
  (void)threads;
  work(Team{0, 1, nullptr});
#endif
}

// Multiplies kRows rows by one panel: sums over k of x[row][k] * panel[k][column], in `first` for the
// left half of the columns and in `second` for the right half.
template <int kRows>
inline void multiply_panel(const float* x, int64_t stride, int64_t depth, const float* panel,
                           Floats (&first)[kRows], Floats (&second)[kRows]) {
  for (int row = 0; row < kRows; ++row) first[row] = second[row] = Floats{};
  for (int64_t k = 0; k < depth; ++k) {
    const Floats left = load(panel + k * kPanel), right = load(panel + k * kPanel + kLanes);
#pragma GCC unroll 8
    for (int row = 0; row < kRows; ++row) {
      const float factor = x[row * stride + k];
      first[row] += factor * left;
      second[row] += factor * right;
    }
  }
}

// Multiplies kRows rows by one panel and calls finish(row, number, left, right) for each; `number` is
// that of the panel.
template <int kRows, typename Finish>
void multiply_rows(const float* x, int64_t stride, int64_t depth, const float* panel,
                   int64_t number, int64_t first_row, Finish finish) {
  Floats left[kRows], right[kRows];
  multiply_panel<kRows>(x + first_row * stride, stride, depth, panel, left, right);
  for (int row = 0; row < kRows; ++row) finish(first_row + row, number, left[row], right[row]);
}

// Calls finish(row, number, left, right) with the products of all rows and this thread's panels.
template <typename Finish>
void multiply(const Team& team, const float* x, int64_t batch, int64_t depth, const float* weights,
              int64_t num_panels, Finish finish) {
  int64_t begin, end;
  team.share(num_panels, &begin, &end);
  for (int64_t number = begin; number < end; ++number) {
    const float* panel = weights + number * depth * kPanel;
    int64_t row = 0;
    for (; row + kMostRows <= batch; row += kMostRows)
      multiply_rows<kMostRows>(x, depth, depth, panel, number, row, finish);
    switch (batch - row) {
#define HRM_ROWS(count)                                                              \
  case count:                                                                        \
    multiply_rows<(count)>(x, depth, depth, panel, number, row, finish);             \
    break;
      HRM_ROWS(1) HRM_ROWS(2) HRM_ROWS(3) HRM_ROWS(4) HRM_ROWS(5) HRM_ROWS(6) HRM_ROWS(7)
#undef HRM_ROWS
    }
  }
}

void store_part(float* out, int64_t size, int64_t column, Floats left, Floats right) {
  if (column + kPanel <= size) {
    store(out + column, left);
    store(out + column + kLanes, right);
    return;
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    if (column + lane < size) out[column + lane] = left[lane];
    if (column + kLanes + lane < size) out[column + kLanes + lane] = right[lane];
  }
}

void add_part(float* out, int64_t size, int64_t column, Floats left, Floats right) {
  if (column + kPanel <= size) {
    store(out + column, load(out + column) + left);
    store(out + column + kLanes, load(out + column + kLanes) + right);
    return;
  }
  for (int lane = 0; lane < kLanes; ++lane) {
    if (column + lane < size) out[column + lane] += left[lane];
    if (column + kLanes + lane < size) out[column + kLanes + lane] += right[lane];
  }
}

void normalize(const float* x, float* out, int64_t width, float eps) {
  Floats squares{};
  int64_t i = 0;
  for (; i + kLanes <= width; i += kLanes) squares += load(x + i) * load(x + i);
  float total = sum(squares);
  for (; i < width; ++i) total += x[i] * x[i];
  const float factor = 1.0f / std::sqrt(total / width + eps);
  for (i = 0; i < width; ++i) out[i] = x[i] * factor;
}

void normalize_rows(const Team& team, const float* x, float* out, int64_t batch, int64_t width,
                    float eps) {
  int64_t begin, end;
  team.share(batch, &begin, &end);
  for (int64_t row = begin; row < end; ++row)
    normalize(x + row * width, out + row * width, width, eps);
}

// The sines of the first half are negative.
void rotate(float* x, const float* cosines, const float* sines, int64_t head_dim) {
  const int64_t half = head_dim / 2;
  for (int64_t i = 0; i < half; ++i) {
    const float first = x[i], second = x[half + i];
    x[i] = first * cosines[i] + second * sines[i];
    x[half + i] = second * cosines[half + i] + first * sines[half + i];
  }
}

float dot(const float* a, const float* b, int64_t size) {
  Floats sums{};
  int64_t i = 0;
  for (; i + kLanes <= size; i += kLanes) sums += load(a + i) * load(b + i);
  float total = sum(sums);
  for (; i < size; ++i) total += a[i] * b[i];
  return total;
}

// out = sum over s of chances[s] * values[s], four vector registers at a time.
void weighted_sum(const float* chances, const float* values, int64_t length, int64_t head_dim,
                  float* out) {
  int64_t column = 0;
  for (; column + 4 * kLanes <= head_dim; column += 4 * kLanes) {
    Floats sums[4] = {};
    for (int64_t s = 0; s < length; ++s) {
      const float* value = values + s * head_dim + column;
      for (int part = 0; part < 4; ++part) sums[part] += chances[s] * load(value + part * kLanes);
    }
    for (int part = 0; part < 4; ++part) store(out + column + part * kLanes, sums[part]);
  }
  for (; column + kLanes <= head_dim; column += kLanes) {
    Floats sums{};
    for (int64_t s = 0; s < length; ++s) sums += chances[s] * load(values + s * head_dim + column);
    store(out + column, sums);
  }
  for (; column < head_dim; ++column) {
    float total = 0.0f;
    for (int64_t s = 0; s < length; ++s) total += chances[s] * values[s * head_dim + column];
    out[column] = total;
  }
}

// Softmax in place. The scores need space for `length` rounded up to a multiple of the lanes.
void softmax(float* scores, int64_t length) {
  const int64_t padded = (length + kLanes - 1) / kLanes * kLanes;
  for (int64_t s = length; s < padded; ++s) scores[s] = -INFINITY;
  Floats tops = load(scores);
  for (int64_t s = kLanes; s < padded; s += kLanes) {
    const Floats others = load(scores + s);
    tops = others > tops ? others : tops;
  }
  const float most = largest(tops);
  Floats sums{};
  for (int64_t s = 0; s < padded; s += kLanes) {
    const Floats chance = exp(load(scores + s) - most);
    store(scores + s, chance);
    sums += chance;
  }
  const float factor = 1.0f / sum(sums);
  for (int64_t s = 0; s < padded; s += kLanes) store(scores + s, load(scores + s) * factor);
}

}  // namespace

extern "C" {

struct Shape {
  int64_t width, num_heads, head_dim, intermediate, num_blocks;
  float eps;
  int32_t gated, post_norm;
};

// Weights of a block, packed: in_proj (gate,) query, key, value; gate_up with one vector of gates
// and one of ups in each panel.
struct Block {
  const float *in_proj, *o_proj, *gate_up, *down;
};

// Keys and values of the first block's call; `slot`, `row` and `head` are strides in floats.
struct Cache {
  float *keys, *values;
  int64_t slot, row, head;
};

int64_t hrm_panel_width() { return kPanel; }

int32_t hrm_has_threads() {
#ifdef _OPENMP
  return 1;
#else
  return 0;
#endif
}

int64_t hrm_scratch_floats(const Shape* shape, int64_t batch, int64_t capacity, int64_t threads) {
  const int64_t inner = shape->num_heads * shape->head_dim;
  return batch * (shape->width + 5 * inner + shape->intermediate) +
         threads * (capacity + 2 * kLanes);
}

// Runs x (B, D) through the blocks in place, then through the final norm unless post_norm.
// positions (B): position of each row's token; cosines and sines are tables (positions, K).
void hrm_run_blocks(const Shape* shape, const Block* blocks, const Cache* cache, float* x,
                    int64_t batch, const int64_t* positions, const float* cosines,
                    const float* sines, float* scratch, int64_t capacity, int64_t threads) {
  const int64_t width = shape->width, heads = shape->num_heads, head_dim = shape->head_dim;
  const int64_t inner = heads * head_dim, intermediate = shape->intermediate;
  const int64_t parts = shape->gated ? 4 : 3;
  float* normed = scratch;
  float* projected = normed + batch * width;
  float* attended = projected + batch * 4 * inner;
  float* hidden = attended + batch * inner;
  float* all_scores = hidden + batch * intermediate;
  const float scale = 1.0f / std::sqrt(static_cast<float>(head_dim));

  in_team(threads, [=](const Team& team) {
    float* scores = all_scores + team.rank * (capacity + 2 * kLanes);
    int64_t begin, end;
    for (int64_t number = 0; number < shape->num_blocks; ++number) {
      const Block& block = blocks[number];
      const float* input = x;
      if (!shape->post_norm) {
        normalize_rows(team, x, normed, batch, width, shape->eps);
        input = normed;
        team.wait();
      }
      const int64_t projected_width = parts * inner;
      multiply(team, input, batch, width, block.in_proj, (projected_width + kPanel - 1) / kPanel,
               [=](int64_t row, int64_t panel, Floats left, Floats right) {
                 store_part(projected + row * projected_width, projected_width, panel * kPanel,
                            left, right);
               });
      team.wait();

      team.share(batch * heads, &begin, &end);
      for (int64_t index = begin; index < end; ++index) {
        const int64_t row = index / heads, head = index % heads, position = positions[row];
        // The gate of this head if gated, otherwise its query.
        float* gate = projected + row * projected_width + head * head_dim;
        float* query = gate + (parts - 3) * inner;
        float* key = query + inner;
        const float* value = key + inner;
        rotate(query, cosines + position * head_dim, sines + position * head_dim, head_dim);
        rotate(key, cosines + position * head_dim, sines + position * head_dim, head_dim);
        const int64_t offset = number * cache->slot + row * cache->row + head * cache->head;
        float* keys = cache->keys + offset;
        float* values = cache->values + offset;
        std::memcpy(keys + position * head_dim, key, head_dim * sizeof(float));
        std::memcpy(values + position * head_dim, value, head_dim * sizeof(float));
        for (int64_t s = 0; s <= position; ++s)
          scores[s] = dot(query, keys + s * head_dim, head_dim) * scale;
        softmax(scores, position + 1);
        float* out = attended + row * inner + head * head_dim;
        weighted_sum(scores, values, position + 1, head_dim, out);
        if (shape->gated) {
          int64_t i = 0;
          for (; i + kLanes <= head_dim; i += kLanes)
            store(out + i, load(out + i) * sigmoid(load(gate + i)));
          for (; i < head_dim; ++i) out[i] /= 1.0f + std::exp(-gate[i]);
        }
      }
      team.wait();

      multiply(team, attended, batch, inner, block.o_proj, (width + kPanel - 1) / kPanel,
               [=](int64_t row, int64_t panel, Floats left, Floats right) {
                 add_part(x + row * width, width, panel * kPanel, left, right);
               });
      team.wait();

      float* middle = shape->post_norm ? x : normed;
      normalize_rows(team, x, middle, batch, width, shape->eps);
      team.wait();
      multiply(team, middle, batch, width, block.gate_up, (intermediate + kLanes - 1) / kLanes,
               [=](int64_t row, int64_t panel, Floats gate, Floats up) {
                 const Floats product = gate * sigmoid(gate) * up;
                 float* out = hidden + row * intermediate;
                 const int64_t column = panel * kLanes;
                 if (column + kLanes <= intermediate) return store(out + column, product);
                 for (int64_t lane = 0; column + lane < intermediate; ++lane)
                   out[column + lane] = product[lane];
               });
      team.wait();
      multiply(team, hidden, batch, intermediate, block.down, (width + kPanel - 1) / kPanel,
               [=](int64_t row, int64_t panel, Floats left, Floats right) {
                 add_part(x + row * width, width, panel * kPanel, left, right);
               });
      team.wait();
      if (shape->post_norm) {
        normalize_rows(team, x, x, batch, width, shape->eps);
        team.wait();
      }
    }
    if (!shape->post_norm) normalize_rows(team, x, x, batch, width, shape->eps);
  });
}

// out (B, columns) = x (B, depth) times packed weights.
void hrm_linear(const float* x, int64_t batch, int64_t depth, const float* weights,
                int64_t columns, float* out, int64_t threads) {
  in_team(threads, [=](const Team& team) {
    multiply(team, x, batch, depth, weights, (columns + kPanel - 1) / kPanel,
             [=](int64_t row, int64_t panel, Floats left, Floats right) {
               store_part(out + row * columns, columns, panel * kPanel, left, right);
             });
  });
}
}
