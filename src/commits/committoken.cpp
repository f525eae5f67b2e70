// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "commits/committoken.h"

#include <QtCore/QDateTime>
#include <QtCore/QRandomGenerator>
#include <QtCore/QtEndian>

#include <array>

#ifdef Q_OS_LINUX
#include <time.h>
#endif

namespace qproxysql {

namespace {

constexpr qsizetype Size = 16;
constexpr qsizetype TimeBytes = 6;

QByteArray literalOf(const QByteArray &bytes)
{
    return "X'" + bytes.toHex() + '\'';
}

void writeTime(qint64 ms, char *bytes)
{
    std::array<char, 8> all;
    qToBigEndian(ms, all.data());
    std::copy(all.end() - TimeBytes, all.end(), bytes);
}

// Elsewhere time in which the machine is suspended does not count.
std::chrono::nanoseconds now()
{
#ifdef Q_OS_LINUX
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#endif
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace

CommitToken CommitToken::fresh()
{
    std::array<quint32, Size / sizeof(quint32)> random;
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    CommitToken token;
    token.m_bytes = QByteArray(reinterpret_cast<const char *>(random.data()), Size);
    char *const bytes = token.m_bytes.data();
    writeTime(QDateTime::currentMSecsSinceEpoch(), bytes);
    bytes[6] = char((bytes[6] & 0x0f) | 0x70); // version 7
    bytes[8] = char((bytes[8] & 0x3f) | 0x80); // variant
    token.m_madeAt = now();
    return token;
}

QByteArray CommitToken::literal() const
{
    return literalOf(m_bytes);
}

QByteArray CommitToken::literalOfAge(std::chrono::milliseconds age)
{
    QByteArray bytes(Size, '\0');
    writeTime(QDateTime::currentMSecsSinceEpoch() - age.count(), bytes.data());
    return literalOf(bytes);
}

std::chrono::milliseconds CommitToken::age() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(now() - m_madeAt);
}

} // namespace qproxysql
