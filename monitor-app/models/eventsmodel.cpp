// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/eventsmodel.h"

#include "models/columnalignment.h"
#include "models/plaintooltip.h"

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QString kindText(ClusterEvent::Kind kind)
{
    static constexpr const char *Words[] = {
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Drain"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Resume"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Mark vanished"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Health"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Down"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Up again"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Stalled"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Forgotten?"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Slow"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Safe to stop"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Application"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Application gone"),
            QT_TRANSLATE_NOOP("qproxysql::EventsModel", "Trouble"),
    };
    return EventsModel::tr(Words[int(kind)]);
}

QString cellOf(const ClusterEvent &event, int column)
{
    switch (column) {
    case EventsModel::Time:
        // QLocale's short format has no seconds.
        return event.time.isValid() ? event.time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss")
                                    : QString();
    case EventsModel::Kind:
        return kindText(event.kind);
    case EventsModel::Pool:
        return event.pool;
    case EventsModel::Peer:
        return event.peer;
    case EventsModel::By:
        return event.by;
    case EventsModel::Text:
        return event.text;
    default:
        return {};
    }
}

} // namespace

void EventsModel::append(const QList<ClusterEvent> &events)
{
    if (events.isEmpty())
        return;
    const int added = int(std::min<qsizetype>(events.size(), Most));
    const int excess = std::max(0, int(m_events.size()) + added - Most);
    if (excess > 0) {
        beginRemoveRows({}, 0, excess - 1);
        m_events.erase(m_events.begin(), m_events.begin() + excess);
        endRemoveRows();
    }
    const int first = int(m_events.size());
    beginInsertRows({}, first, first + added - 1);
    m_events.insert(m_events.end(), events.cend() - added, events.cend());
    endInsertRows();
}

QVariant EventsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ClusterEvent &event = m_events[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cellOf(event, index.column());
    case Qt::ToolTipRole:
        return index.column() == Text ? QVariant(plainToolTip(event.text)) : QVariant();
    case Qt::AccessibleTextRole: {
        if (index.column() != Time)
            return cellOf(event, index.column());
        QStringList parts;
        for (int column = 0; column < ColumnCount; ++column)
            parts.append(cellOf(event, column));
        parts.removeAll(QString());
        return parts.join(", "_L1);
    }
    case ActionRole:
        return event.kind == ClusterEvent::Kind::Drain || event.kind == ClusterEvent::Kind::Resume;
    default:
        return {};
    }
}

QVariant EventsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString texts[ColumnCount] = {tr("Time"), tr("Kind"), tr("Pool"),
                                        tr("Peer"), tr("Who"),  tr("What")};
    return headerOf(texts[section], Qt::AlignLeft, role);
}

} // namespace qproxysql
