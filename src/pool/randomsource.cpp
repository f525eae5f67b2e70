// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "pool/randomsource.h"

#include <QtCore/QRandomGenerator>

namespace qproxysql {
namespace {

class SystemRandomSource final : public RandomSource
{
public:
    quint32 bounded(quint32 bound) override { return QRandomGenerator::global()->bounded(bound); }
};

} // namespace

RandomSource &RandomSource::system()
{
    static auto *source = new SystemRandomSource;
    return *source;
}

} // namespace qproxysql
