// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "record.h"

#include <numeric>

namespace qproxysql::simulation {

int Second::all() const
{
    return std::accumulate(connects.begin(), connects.end(), 0);
}

int Second::urgent() const
{
    return connects[size_t(Purpose::Open)] + connects[size_t(Purpose::Statement)]
           + connects[size_t(Purpose::Meeting)] + connects[size_t(Purpose::Asked)];
}

Second &Record::of(PeerId peer, Time when)
{
    std::vector<Second> &seconds = m_seconds[size_t(peer)];
    const auto index = size_t(std::max(0, indexOf(when)));
    if (index >= seconds.size())
        seconds.resize(index + 1);
    return seconds[index];
}

void Record::resize(Time end)
{
    for (std::vector<Second> &seconds : m_seconds)
        seconds.resize(size_t(indexOf(end)));
}

} // namespace qproxysql::simulation
