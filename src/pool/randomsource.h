// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QRandomGenerator>

namespace qproxysql {

/// The random source of the core, injected so that tests are deterministic. Thread-safe.
class RandomSource
{
public:
    virtual ~RandomSource() = default;

    /// Uniform in [0, bound); bound > 0.
    virtual quint32 bounded(quint32 bound) = 0;

    /// QRandomGenerator::global(). Never destroyed.
    static RandomSource &system();
};

inline RandomSource &RandomSource::system()
{
    struct SystemSource final : RandomSource
    {
        quint32 bounded(quint32 bound) override
        {
            return QRandomGenerator::global()->bounded(bound);
        }
    };
    static auto *source = new SystemSource;
    return *source;
}

} // namespace qproxysql
