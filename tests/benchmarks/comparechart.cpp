// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "comparechart.h"

#include <QtCore/QJsonObject>
#include <QtCore/QStringList>
#include <QtCore/QTextStream>

#include <algorithm>
#include <array>

namespace qproxysql::bench {

namespace {

constexpr int Left = 150;
constexpr int BarsWidth = 420;
constexpr int Width = Left + BarsWidth + 90;
constexpr int BarHeight = 15;
constexpr int GroupGap = 10;
constexpr std::array Colours{"#9aa0a8", "#d08a3c", "#a8598f", "#2667ad"};

const char *const Columns[] = {"operation",         "threads",   "way",
                               "delayMicroseconds", "perSecond", "medianMicroseconds",
                               "p99Microseconds"};

QString stringOf(const QJsonObject &cell, const char *name)
{
    return cell[QLatin1String(name)].toVariant().toString();
}

/// One set of bars: a group for each value of \a groupBy.
struct Panel
{
    QString title;
    const char *groupBy;
    const char *groupSuffix;
    const char *value;
    double scale;
    int decimals;
    QList<QJsonObject> cells;
};

QList<Panel> panelsOf(const QJsonArray &all)
{
    QList<Panel> panels;
    Panel delayed{{}, "operation", "", "medianMicroseconds", 0.001, 2, {}};
    for (const QJsonValue &value : all) {
        const QJsonObject cell = value.toObject();
        const double delay = cell[QLatin1String("delayMicroseconds")].toDouble();
        if (delay > 0) {
            delayed.title =
                    QStringLiteral(
                            "Milliseconds, one thread, network of %1 ms each way (less is better)")
                            .arg(delay / 1000);
            delayed.cells += cell;
            continue;
        }
        const QString title = QStringLiteral("%1: times a second, loopback (more is better)")
                                      .arg(stringOf(cell, "operation"));
        if (panels.isEmpty() || panels.last().title != title)
            panels.append(Panel{title, "threads", " threads", "perSecond", 1, 0, {}});
        panels.last().cells += cell;
    }
    if (!delayed.cells.isEmpty())
        panels += delayed;
    return panels;
}

class Chart
{
public:
    explicit Chart(const QList<Panel> &panels)
    {
        for (const Panel &panel : panels) {
            for (const QJsonObject &cell : panel.cells) {
                if (!m_ways.contains(stringOf(cell, "way")))
                    m_ways += stringOf(cell, "way");
            }
        }
        legend();
        for (const Panel &panel : panels)
            draw(panel);
    }
    QByteArray svg() const
    {
        return QStringLiteral(
                       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" "
                       "font-family=\"sans-serif\" font-size=\"12\">\n"
                       "<!-- Made by qproxysql-bench. -->\n"
                       "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n%3</svg>\n")
                .arg(QString::number(Width), QString::number(m_y), m_body)
                .toUtf8();
    }

private:
    const char *colourOf(const QString &way) const
    {
        // The last way is ours, however many proxies there are.
        const qsizetype index = m_ways.indexOf(way);
        return index == m_ways.size() - 1 ? Colours.back() : Colours.at(size_t(index));
    }
    void write(int x, int y, const QString &label, const char *attributes = "")
    {
        m_body += QStringLiteral("<text x=\"%1\" y=\"%2\" %3>%4</text>\n")
                          .arg(QString::number(x), QString::number(y), QLatin1String(attributes),
                               label.toHtmlEscaped());
    }
    void rectangle(int x, int y, double width, const char *colour)
    {
        m_body += QStringLiteral(
                          "<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>\n")
                          .arg(QString::number(x), QString::number(y),
                               QString::number(width, 'f', 1), QString::number(BarHeight - 2),
                               QLatin1String(colour));
    }
    void legend()
    {
        for (const QString &way : std::as_const(m_ways)) {
            rectangle(Left, m_y, BarHeight, colourOf(way));
            write(Left + BarHeight + 6, m_y + BarHeight - 4, way);
            m_y += BarHeight + 2;
        }
    }
    void draw(const Panel &panel)
    {
        m_y += 30;
        write(10, m_y, panel.title, "font-weight=\"bold\"");
        m_y += 8;
        double most = 0;
        for (const QJsonObject &cell : panel.cells)
            most = std::max(most, cell[QLatin1String(panel.value)].toDouble());
        QString group;
        for (const QJsonObject &cell : panel.cells) {
            if (stringOf(cell, panel.groupBy) != group) {
                m_y += group.isEmpty() ? 0 : GroupGap;
                group = stringOf(cell, panel.groupBy);
                label(group == QLatin1String("1") ? QStringLiteral("1 thread")
                                                  : group + QLatin1String(panel.groupSuffix));
            }
            const double value = cell[QLatin1String(panel.value)].toDouble();
            const double width = value / most * BarsWidth;
            rectangle(Left, m_y, width, colourOf(stringOf(cell, "way")));
            write(Left + int(width) + 5, m_y + BarHeight - 4,
                  QString::number(value * panel.scale, 'f', panel.decimals));
            m_y += BarHeight;
        }
    }
    /// In as many lines as it has parts.
    void label(const QString &whole)
    {
        int y = m_y + BarHeight - 4;
        for (const QString &part : whole.split(QStringLiteral(": "))) {
            write(Left - 8, y, part, "text-anchor=\"end\"");
            y += BarHeight;
        }
    }

    QStringList m_ways;
    QString m_body;
    int m_y = 14;
};

} // namespace

QByteArray comparisonCsv(const QJsonArray &cells)
{
    QStringList header;
    for (const char *column : Columns)
        header += QLatin1String(column);
    QStringList lines{header.join(QLatin1Char(','))};
    for (const QJsonValue &cell : cells) {
        QStringList values;
        for (const char *column : Columns) {
            const QJsonValue value = cell[QLatin1String(column)];
            values += value.isString() ? QStringLiteral("\"%1\"").arg(value.toString())
                                       : QString::number(value.toDouble(), 'f', 1);
        }
        lines += values.join(QLatin1Char(','));
    }
    return (lines.join(QLatin1Char('\n')) + QLatin1Char('\n')).toUtf8();
}

QByteArray comparisonSvg(const QJsonArray &cells)
{
    return Chart(panelsOf(cells)).svg();
}

} // namespace qproxysql::bench
