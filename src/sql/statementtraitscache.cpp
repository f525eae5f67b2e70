// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sql/statementtraits.h"

#include <cstring>
#include <unordered_map>
#include <utility>

namespace qproxysql {

namespace {

constexpr qsizetype MaximumTextSize = 4096 / sizeof(QChar);
// The limits of each of the two generations.
constexpr qsizetype MaximumTexts = 500;
constexpr qsizetype MaximumCharacters = 256 * 1024 / sizeof(QChar);

// Half of the time of a hit would be QHash's seeded hash; collisions are harmless with 500 entries.
struct TextHash
{
    size_t operator()(const QString &text) const
    {
        constexpr quint64 Factor = 0x9e3779b97f4a7c15;
        const char *bytes = reinterpret_cast<const char *>(text.constData());
        size_t left = size_t(text.size()) * sizeof(QChar);
        quint64 hash = left;
        const auto mix = [&](size_t size) {
            quint64 word = 0;
            std::memcpy(&word, bytes, size);
            hash = (hash ^ word) * Factor;
            hash ^= hash >> 32;
            bytes += size;
            left -= size;
        };
        while (left >= sizeof(quint64))
            mix(sizeof(quint64));
        if (left > 0)
            mix(left);
        return size_t(hash);
    }
};

QString owned(const QString &text)
{
    return text.data_ptr().isMutable() ? text : QString(text.constData(), text.size());
}

using Generation = std::unordered_map<QString, StatementTraits, TextHash>;

} // namespace

// When the young generation is full it replaces the old one and drops texts that were not used.
struct StatementTraitsCache::Data
{
    Generation young;
    Generation old;
    qsizetype youngCharacters = 0;
    StatementTraits uncached;
};

StatementTraitsCache::StatementTraitsCache()
    : d(std::make_unique<Data>())
{
}

StatementTraitsCache::~StatementTraitsCache() = default;

const StatementTraits &StatementTraitsCache::find(const QString &sql, LexerMode mode)
{
    if (mode != m_mode) {
        m_last = nullptr;
        d->young.clear();
        d->old.clear();
        d->youngCharacters = 0;
        m_mode = mode;
    }
    if (sql.size() > MaximumTextSize) {
        d->uncached = classifyStatement(sql, mode);
        return d->uncached;
    }
    const auto young = d->young.find(sql);
    if (young != d->young.end())
        return remember(sql, young->second);
    const auto old = d->old.find(sql);
    if (old != d->old.end())
        return insert(sql, StatementTraits(old->second));
    return insert(sql, classifyStatement(sql, mode));
}

const StatementTraits &StatementTraitsCache::insert(const QString &sql, StatementTraits traits)
{
    if (d->young.size() >= size_t(MaximumTexts)
        || d->youngCharacters + sql.size() > MaximumCharacters) {
        d->old = std::exchange(d->young, {});
        d->youngCharacters = 0;
    }
    d->youngCharacters += sql.size();
    return remember(sql, d->young.insert_or_assign(owned(sql), std::move(traits)).first->second);
}

const StatementTraits &StatementTraitsCache::remember(const QString &sql,
                                                      const StatementTraits &traits)
{
    m_lastText = owned(sql);
    m_lastData = sql.constData();
    m_last = &traits;
    return traits;
}

} // namespace qproxysql
