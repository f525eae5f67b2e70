// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "history/historyfile.h"

#include "history/historytexts.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDataStream>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr char Magic[] = "QPROXYSQL history\n";
constexpr qsizetype ChecksumAt = HistoryFile::HeaderBytes - qsizetype(sizeof(quint16));

QDataStream &prepare(QDataStream &stream)
{
    stream.setByteOrder(QDataStream::LittleEndian);
    stream.setVersion(QDataStream::Qt_6_0);
    return stream;
}

QByteArray headerOf(const HistoryFile::Peer &peer)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    prepare(stream);
    stream.writeRawData(Magic, sizeof(Magic));
    stream << HistoryFile::Format;
    for (const HistorySpan &span : HistorySpans)
        stream << qint32(span.step) << qint32(span.steps);
    stream << peer.pool.toUtf8() << peer.name.toUtf8();
    bytes.resize(HistoryFile::HeaderBytes, '\0');
    QDataStream end(&bytes, QIODevice::ReadWrite);
    end.device()->seek(ChecksumAt);
    prepare(end) << qChecksum(QByteArrayView(bytes).first(ChecksumAt));
    return bytes;
}

/// Nothing: this is no header of this format.
std::optional<HistoryFile::Peer> readHeader(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    prepare(stream);
    stream.skipRawData(sizeof(Magic));
    quint32 format = 0;
    stream >> format;
    for (int i = 0; i < HistorySpan::Count; ++i)
        stream.skipRawData(2 * sizeof(qint32));
    QByteArray pool;
    QByteArray name;
    stream >> pool >> name;
    const HistoryFile::Peer peer{QString::fromUtf8(pool), QString::fromUtf8(name)};
    // The rest of the header follows from these.
    const bool isOurs = format == HistoryFile::Format && stream.status() == QDataStream::Ok
                        && HistoryFile::fits(peer) && headerOf(peer) == bytes;
    return isOurs ? std::optional(peer) : std::nullopt;
}

std::optional<QString> create(const QString &path, const HistoryFile::Peer &peer)
{
    QSaveFile file(path);
    const QByteArray content = headerOf(peer).leftJustified(HistoryFile::Bytes, '\0');
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return u"%1: %2"_s.arg(path, file.errorString());
}

} // namespace

Expected<HistoryFile::Content, HistoryFile::Problem> HistoryFile::read(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Unexpected(Problem{Problem::Missing, {}});
    if (!file.open(QIODevice::ReadOnly))
        return Unexpected(Problem{Problem::Unreadable, u"%1: %2"_s.arg(path, file.errorString())});
    const QByteArray bytes = file.read(Bytes + 1);
    const auto peer = bytes.size() == Bytes ? readHeader(bytes.first(HeaderBytes)) : std::nullopt;
    if (!peer)
        return Unexpected(
                Problem{Problem::Foreign,
                        HistoryTexts::tr("%1 is damaged or of another version").arg(path)});
    return Content{*peer, HistoryRing::fromBytes(QByteArrayView(bytes).sliced(HeaderBytes))};
}

std::optional<QString> HistoryFile::write(const QString &path, const Peer &peer,
                                          const QList<HistoryRing::Change> &changes)
{
    QFile file(path);
    if (file.size() != Bytes) {
        if (const auto error = create(path, peer))
            return error;
    }
    // Unbuffered: each run of records in one call.
    bool isGood = file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered);
    for (const HistoryRing::Change &change : changes) {
        isGood = isGood && file.seek(HeaderBytes + change.offset)
                 && file.write(change.bytes) == change.bytes.size();
    }
    return isGood ? std::nullopt : std::optional(u"%1: %2"_s.arg(path, file.errorString()));
}

QString HistoryFile::nameFor(const Peer &peer)
{
    const QByteArray key = peer.pool.toUtf8() + '\n' + peer.name.toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(key, QCryptographicHash::Sha1).toHex())
           + ".history"_L1;
}

bool HistoryFile::fits(const Peer &peer)
{
    constexpr qsizetype Others = sizeof(Magic) + sizeof(quint32)
                                 + HistorySpan::Count * 2 * sizeof(qint32) + 2 * sizeof(quint32);
    return peer.pool.toUtf8().size() + peer.name.toUtf8().size() <= ChecksumAt - Others;
}

} // namespace qproxysql
