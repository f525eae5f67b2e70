// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "pool/clock.h"

/// A clock that only advances when it is told to.
class FakeClock : public qproxysql::Clock
{
public:
    time_point now() const override { return m_now; }
    bool wait(std::condition_variable &, std::unique_lock<std::mutex> &, time_point,
              const std::function<bool()> &isDone) const override
    {
        return isDone();
    }
    void advance(std::chrono::milliseconds time) { m_now += time; }

private:
    time_point m_now{std::chrono::seconds(1'000'000)};
};
