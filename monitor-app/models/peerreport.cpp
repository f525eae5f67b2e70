// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/peerreport.h"

#include "models/applicationsmodel.h"
#include "models/detailsmodel.h"
#include "models/draincard.h"
#include "models/monitortexts.h"
#include "models/peerdetails.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// Escapes Markdown's own characters for a table or a list.
QString plain(const QString &text)
{
    QString result;
    for (const QChar c : text.simplified()) {
        if (QStringView(u"\\`*_{}[]<>#|~").contains(c))
            result += u'\\';
        result += c;
    }
    return result;
}

QString rowLine(const QStringList &cells)
{
    QStringList escaped;
    for (const QString &cell : cells)
        escaped.append(plain(cell));
    return u"| "_s + escaped.join(" | "_L1) + u" |"_s;
}

QStringList tableLines(const QAbstractItemModel &model)
{
    QStringList header;
    QStringList rule;
    for (int column = 0; column < model.columnCount(); ++column) {
        header.append(model.headerData(column, Qt::Horizontal).toString());
        rule.append(u"---"_s);
    }
    QStringList lines{rowLine(header), u"|"_s + rule.join(u'|') + u'|'};
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells.append(model.index(row, column).data().toString());
        lines.append(rowLine(cells));
    }
    return lines;
}

QStringList drainLines(const DrainCard &card)
{
    QStringList lines{u"## "_s + plain(card.title),
                      u""_s,
                      plain(card.who),
                      u""_s,
                      u"**"_s + plain(card.verdict.text()) + u"**"_s,
                      u""_s};
    if (!card.progress.isEmpty())
        lines += {plain(card.progress), u""_s};
    for (const DrainCheck &check : card.drain.checks)
        lines.append(u"- %1 %2"_s.arg(markOf(check.state), plain(check.text)));
    if (!card.drain.obstacles.isEmpty()) {
        lines += {u""_s, MonitorTexts::tr("Who keeps sessions there:"), u""_s};
        for (const QString &obstacle : card.drain.obstacles)
            lines.append(u"- "_s + plain(obstacle));
    }
    lines.append(u""_s);
    return lines;
}

} // namespace

QString markdownOf(const ClusterView &view, const QString &poolName, const QString &peerName)
{
    const PoolView *const pool = findPool(view, poolName);
    const PeerView *const peer = pool ? findPeer(view, poolName, peerName) : nullptr;
    if (!peer)
        return {};
    QStringList lines{u"# "_s + plain(peerName), u""_s,
                      plain(MonitorTexts::tr("Pool %1, %2 UTC", "name, time")
                                    .arg(poolName,
                                         view.time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s))),
                      u""_s};
    const DrainCard card = drainCardOf(view, peerName);
    if (card.isDraining)
        lines += drainLines(card);
    lines += {u"## "_s + MonitorTexts::tr("Details"), u""_s};
    DetailsModel details;
    details.setView(view, poolName, peerName);
    lines += tableLines(details) + QStringList{u""_s};
    ApplicationsModel applications;
    applications.setView(view, peerName);
    if (applications.rowCount() > 0) {
        lines += {u"## "_s + MonitorTexts::tr("Who is on it"), u""_s};
        lines += tableLines(applications) + QStringList{u""_s};
    }
    return lines.join(u'\n');
}

} // namespace qproxysql
