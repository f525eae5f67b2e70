// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QRandomGenerator>

#include <QtCore/QString>
#include <QtCore/QStringList>
#include <algorithm>

namespace qproxysql::parity {

/// Draws statements and values from a seed: the same sequence in both drivers' runs.
class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    /// 0 up to and without \a end, and 0 if that is 0.
    int below(int end) { return m_random.bounded(std::max(end, 1)); }
    bool chance(int percent) { return below(100) < percent; }
    template<typename List>
    auto oneOf(const List &list)
    {
        return *(std::begin(list) + below(int(std::size(list))));
    }

    qint64 integer();
    /// A number as SQL writes it, of any magnitude.
    QString number();
    /// Any characters of Unicode but surrogates and NUL.
    QString text(int longest);
    QByteArray bytes(int longest);
    QString date();     ///< '2024-02-29', at times with zeros
    QString time();     ///< '-838:59:59.999999'
    QString dateTime(); ///< '2024-02-29 23:59:59.123456'
    /// An SQL literal that any column may get where sql_mode is ''.
    QString literal();
    static QString quoted(const QString &text);

private:
    QString minutes();
    QString fraction();

    QRandomGenerator m_random;
};

} // namespace qproxysql::parity
