// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT
//
// Draws standard input as a terminal would show it, without a display:
//   COMMAND | terminalpicture FILE.png [COMMAND]

#include <QtCore/QTextStream>
#include <QtGui/QFontMetrics>
#include <QtGui/QGuiApplication>
#include <QtGui/QImage>
#include <QtGui/QPainter>

#include <algorithm>

constexpr QColor Background(0x1e, 0x1e, 0x1e);
constexpr QColor Plain(0xe6, 0xe6, 0xe6);
constexpr QColor Step(0x8a, 0xe2, 0x34);
constexpr QColor Log(0x8c, 0xb4, 0xe0);
constexpr int Margin = 14;       // pixels
constexpr int LongestLine = 118; // characters; longer ones are wrapped

struct Line
{
    QString text;
    QColor colour;
};

static QColor colourOf(const QString &line)
{
    if (line.startsWith(QLatin1String(">>")) || line.startsWith(QLatin1Char('$')))
        return Step;
    return line.startsWith(QLatin1String("qproxysql.")) ? Log : Plain;
}

static QList<Line> readLines(const QString &command)
{
    QList<Line> lines;
    if (!command.isEmpty())
        lines.append({QStringLiteral("$ ") + command, Step});
    QTextStream in(stdin);
    QString line;
    while (in.readLineInto(&line)) {
        const QColor colour = colourOf(line);
        while (line.size() > LongestLine) {
            const qsizetype blank = line.lastIndexOf(QLatin1Char(' '), LongestLine);
            const qsizetype end = blank > 0 ? blank : LongestLine;
            lines.append({line.left(end), colour});
            line = QStringLiteral("      ") + line.mid(end).trimmed();
        }
        lines.append({line, colour});
    }
    return lines;
}

/// The steps from the background to each colour of text: few, for a picture in a README should be small.
static QList<QRgb> palette()
{
    constexpr int steps = 16;
    QList<QRgb> colours{Background.rgb()};
    for (const QColor &text : {Plain, Step, Log}) {
        for (int step = 1; step <= steps; ++step) {
            const auto mix = [step](int from, int to) { return from + (to - from) * step / steps; };
            colours << qRgb(mix(Background.red(), text.red()),
                            mix(Background.green(), text.green()),
                            mix(Background.blue(), text.blue()));
        }
    }
    return colours;
}

int main(int argc, char *argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "terminalpicture FILE.png [COMMAND] < TEXT" << Qt::endl;
        return 2;
    }
    const QList<Line> lines = readLines(QString::fromLocal8Bit(argc > 2 ? argv[2] : ""));
    QFont font(QStringLiteral("DejaVu Sans Mono"));
    font.setPixelSize(14);
    font.setStyleHint(QFont::Monospace);
    const QFontMetrics metrics(font);
    int width = 0;
    for (const Line &line : lines)
        width = std::max(width, metrics.horizontalAdvance(line.text));

    QImage image(width + 2 * Margin, int(lines.size()) * metrics.height() + 2 * Margin,
                 QImage::Format_RGB32);
    image.fill(Background);
    {
        QPainter painter(&image);
        painter.setFont(font);
        int y = Margin + metrics.ascent();
        for (const Line &line : lines) {
            painter.setPen(line.colour);
            painter.drawText(Margin, y, line.text);
            y += metrics.height();
        }
    }
    image = image.convertToFormat(QImage::Format_Indexed8, palette(), Qt::ThresholdDither);
    return image.save(QString::fromLocal8Bit(argv[1]), "PNG", 0) ? 0 : 1;
}
