// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/ownpools.h"

#include "config/peerlist.h"
#include "config/poolfile.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

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

} // namespace

QString OwnPools::content() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList OwnPools::names() const
{
    QString error;
    const auto file = PoolFile::parse(content().toUtf8(), m_path, &error);
    return file ? file->poolNames() : QStringList();
}

std::optional<QList<PeerDefinition>> OwnPools::parsePeers(const QString &peers, QString *error)
{
    if (peers.trimmed().isEmpty()) {
        *error = OwnPoolTexts::tr("no peer was given; allowed is a list of host:port, as in "
                                  "db1:3306, db2:3307");
        return std::nullopt;
    }
    return PeerList::parse(peers, PeerAddress::DefaultPort, PeerList::Weights::Allowed, error);
}

QString OwnPools::wrongWith(const QString &name, const QString &peers) const
{
    if (name.trimmed().isEmpty())
        return OwnPoolTexts::tr("the pool has no name");
    QString error;
    if (!parsePeers(peers, &error))
        return error;
    if (names().contains(name.trimmed(), Qt::CaseInsensitive))
        return OwnPoolTexts::tr("a pool \"%1\" was added already").arg(name.trimmed());
    // Of the new section alone: the file is not what is being typed.
    PoolFile::parse(u"[%1]\npeers = %2\n"_s.arg(name.trimmed(), peers.simplified()).toUtf8(), name,
                    &error);
    return error;
}

QString OwnPools::contentWith(const QString &name, const QString &peers) const
{
    QString text = content();
    if (text.isEmpty())
        text = u"# Pools that were added in qproxysql-monitor.\n"_s;
    return text + u"\n[%1]\npeers = %2\n"_s.arg(name.trimmed(), peers.simplified());
}

QString OwnPools::add(const QString &name, const QString &peers)
{
    const QString wrong = wrongWith(name, peers);
    if (!wrong.isEmpty())
        return wrong;
    const QString text = contentWith(name, peers);
    QString error;
    return PoolFile::parse(text.toUtf8(), m_path, &error) ? write(text) : error;
}

QString OwnPools::remove(const QString &name)
{
    QStringList left;
    bool isRemoved = false;
    bool isAnyLeft = false;
    for (const QString &line : content().split(u'\n')) {
        const QString section = sectionOf(line);
        if (!section.isEmpty())
            isRemoved = section.compare(name, Qt::CaseInsensitive) == 0;
        isAnyLeft = isAnyLeft || (!section.isEmpty() && !isRemoved);
        if (!isRemoved)
            left.append(line);
    }
    // A pool file without a pool is a broken one.
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
