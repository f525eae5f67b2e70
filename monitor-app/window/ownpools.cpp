// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/ownpools.h"

#include "config/peerlist.h"
#include "config/poolfile.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int LockWait = 2000; // ms

struct OwnPoolTexts
{
    Q_DECLARE_TR_FUNCTIONS(OwnPools)
};

/// "[orders]".
QString sectionOf(const QString &line)
{
    const QString text = line.trimmed();
    return text.startsWith(u'[') && text.endsWith(u']') ? text.mid(1, text.size() - 2).trimmed()
                                                        : QString();
}

/// As one line. Blanks are kept: the path of a socket may have two in a row.
QString asLine(const QString &peers)
{
    QStringList entries;
    for (QString line : peers.split(u'\n')) {
        line = line.trimmed();
        if (line.endsWith(u','))
            line.chop(1);
        entries.append(line);
    }
    entries.removeAll(QString());
    return entries.join(", "_L1);
}

QString keyOf(const QString &line)
{
    return line.contains(u'=') ? line.section(u'=', 0, 0).trimmed().toLower() : QString();
}

} // namespace

Expected<QString> OwnPools::content() const
{
    QFile file(m_path);
    if (!file.exists())
        return QString();
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray bytes = file.readAll();
        if (file.error() == QFile::NoError)
            return QString::fromUtf8(bytes);
    }
    return Unexpected(
            OwnPoolTexts::tr("the pools in %1 cannot be read, so they were left as they are: %2")
                    .arg(m_path, file.errorString()));
}

QStringList OwnPools::names() const
{
    const auto file = PoolFile::parse(content().valueOr({}).toUtf8(), m_path);
    return file ? file->poolNames() : QStringList();
}

Expected<QList<PeerDefinition>> OwnPools::parsePeers(const QString &peers)
{
    if (asLine(peers).isEmpty())
        return Unexpected(OwnPoolTexts::tr("no peer was given; allowed is a list of host:port or "
                                           "localhost:/path/of/socket, as in db1:3306, db2:3307"));
    return PeerList::parse(asLine(peers), PeerAddress::DefaultPort, PeerList::Weights::Allowed);
}

QStringList OwnPools::peersOf(const QString &name) const
{
    const auto file = PoolFile::parse(content().valueOr({}).toUtf8(), m_path);
    const PoolDefinition *const pool = file ? file->find(name) : nullptr;
    QStringList peers;
    for (const PeerDefinition &peer : pool ? pool->peers : QList<PeerDefinition>()) {
        peers.append(peer.address.name());
        if (peer.weight != PeerDefinition().weight)
            peers.last() += u'*' + QString::number(peer.weight);
    }
    return peers;
}

QString OwnPools::wrongWith(const QString &name, const QString &peers, const QString &edited) const
{
    if (name.trimmed().isEmpty())
        return OwnPoolTexts::tr("the pool has no name");
    if (const auto parsed = parsePeers(peers); !parsed)
        return parsed.error();
    if (name.trimmed().compare(edited, Qt::CaseInsensitive) != 0
        && names().contains(name.trimmed(), Qt::CaseInsensitive))
        return OwnPoolTexts::tr("a pool \"%1\" was added already").arg(name.trimmed());
    // Parses only the new section: errors of the existing file are not errors of the input.
    return PoolFile::parse(u"[%1]\npeers = %2\n"_s.arg(name.trimmed(), asLine(peers)).toUtf8(), name)
            .error();
}

// Prevents a lost update when two windows read and replace the file.
QString OwnPools::acquire(QLockFile *lock) const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    if (lock->tryLock(LockWait))
        return {};
    if (lock->error() == QLockFile::LockFailedError)
        return OwnPoolTexts::tr("another window is changing the pools in %1; try again").arg(m_path);
    return OwnPoolTexts::tr("the pools in %1 cannot be changed: %2 cannot be made")
            .arg(m_path, lockPath());
}

QString OwnPools::add(const QString &name, const QString &peers)
{
    QLockFile lock(lockPath());
    QString error = acquire(&lock);
    if (error.isEmpty())
        error = wrongWith(name, peers);
    if (!error.isEmpty())
        return error;
    const Expected<QString> known = content();
    if (!known)
        return known.error();
    const QString text = (known->isEmpty() ? u"# Pools that were added in qproxysql-monitor.\n"_s
                                           : *known)
                         + u"\n[%1]\npeers = %2\n"_s.arg(name.trimmed(), asLine(peers));
    const auto parsed = PoolFile::parse(text.toUtf8(), m_path);
    return parsed ? write(text) : parsed.error();
}

QString OwnPools::change(const QString &edited, const QString &name, const QString &peers)
{
    QLockFile lock(lockPath());
    QString error = acquire(&lock);
    if (error.isEmpty())
        error = wrongWith(name, peers, edited);
    if (!error.isEmpty())
        return error;
    const Expected<QString> known = content();
    if (!known)
        return known.error();
    QStringList lines = known->split(u'\n');
    bool isIn = false;
    bool isFound = false;
    for (QString &line : lines) {
        if (const QString section = sectionOf(line); !section.isEmpty()) {
            isIn = section.compare(edited, Qt::CaseInsensitive) == 0;
            isFound = isFound || isIn;
            if (isIn)
                line = u"[%1]"_s.arg(name.trimmed());
        } else if (isIn && keyOf(line) == "peers"_L1) {
            line = u"peers = %1"_s.arg(asLine(peers));
        }
    }
    if (!isFound)
        return OwnPoolTexts::tr("there is no pool \"%1\" in %2 any more").arg(edited, m_path);
    const QString text = lines.join(u'\n');
    const auto parsed = PoolFile::parse(text.toUtf8(), m_path);
    return parsed ? write(text) : parsed.error();
}

QString OwnPools::remove(const QString &name)
{
    QLockFile lock(lockPath());
    QString error = acquire(&lock);
    if (!error.isEmpty())
        return error;
    const Expected<QString> known = content();
    if (!known)
        return known.error();
    QStringList left;
    bool isRemoved = false;
    bool isAnyLeft = false;
    for (const QString &line : known->split(u'\n')) {
        const QString section = sectionOf(line);
        if (!section.isEmpty())
            isRemoved = section.compare(name, Qt::CaseInsensitive) == 0;
        isAnyLeft = isAnyLeft || (!section.isEmpty() && !isRemoved);
        if (!isRemoved)
            left.append(line);
    }
    // A pool file without a pool is invalid.
    if (!isAnyLeft && QFile::remove(m_path))
        return {};
    return write(left.join(u'\n'));
}

QString OwnPools::write(const QString &content) const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    const QByteArray bytes = content.toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return OwnPoolTexts::tr("the pools cannot be saved in %1: %2").arg(m_path, file.errorString());
}

} // namespace qproxysql
