// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/clock.h"

namespace qproxysql {
namespace {

class SteadyClock final : public Clock
{
public:
    time_point now() const override { return std::chrono::steady_clock::now(); }
};

} // namespace

const Clock &Clock::steady()
{
    static const auto *clock = new SteadyClock;
    return *clock;
}

} // namespace qproxysql
